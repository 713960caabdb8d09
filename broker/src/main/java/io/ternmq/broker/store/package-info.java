/**
 * The storage contract: what may be asked of a store and the doors into it, no mechanism. Owns no state. May import
 * {@code common} only. Start at {@link io.ternmq.broker.store.MessageStore}.
 */
package io.ternmq.broker.store;
