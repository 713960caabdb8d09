/**
 * Messages on their way in: single ones and batches. Owns no state but the turn of queues for senders that name none.
 * May import the storage contract, floor 1, {@code remoting} and {@code common}. Start at
 * {@link io.ternmq.broker.send.SendService}.
 */
package io.ternmq.broker.send;
