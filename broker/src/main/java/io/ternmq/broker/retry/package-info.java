/**
 * Messages that a consumer could not use and wants to be given again. Owns the turn of queues of retry topics. May import the
 * storage contract, floor 1, {@code remoting} and {@code common}. Start at
 * {@link io.ternmq.broker.retry.SendBackService}.
 */
package io.ternmq.broker.retry;
