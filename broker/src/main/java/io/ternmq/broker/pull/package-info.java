/**
 * Message reads and long polling for consumers. Owns the pulls that wait for a message. May import the storage contract,
 * floor 1, {@code remoting} and {@code common}. Start at {@link io.ternmq.broker.pull.PullService}.
 */
package io.ternmq.broker.pull;
