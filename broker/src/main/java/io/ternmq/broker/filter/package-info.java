/**
 * What a consumer subscribed to, turned into the {@link io.ternmq.broker.store.MessageFilter} that a read applies. Owns
 * no state. May import the storage contract and {@code common}. Start at
 * {@link io.ternmq.broker.filter.FilterCompiler}.
 */
package io.ternmq.broker.filter;
