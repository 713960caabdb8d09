/**
 * Messages that a consumer could not use and wants to be given again. Owns no state. May import the storage contract,
 * floor 1, {@code remoting} and {@code common}. Start at {@link io.ternmq.broker.retry.SendBackProcessor}.
 */
package io.ternmq.broker.retry;
