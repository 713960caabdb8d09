/**
 * The store as one: wires log, queues and dispatcher, recovers them at start, keeps the checkpoint and makes room. Owns
 * the store's directory. May import all of floor 0 and {@code common}. Start at
 * {@link io.ternmq.broker.store.engine.LocalMessageStore}.
 */
package io.ternmq.broker.store.engine;
