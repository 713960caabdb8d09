/**
 * Messages that are held back by delay levels. They wait in a topic of the system's own, one queue a level; its own thread
 * gives them to their queues when they are due. Owns how far each level has come. May import the storage contract, floor 1,
 * {@code remoting} and {@code common}. Start at {@link io.ternmq.broker.delay.DelayedDelivery}.
 */
package io.ternmq.broker.delay;
