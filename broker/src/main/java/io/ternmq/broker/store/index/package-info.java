/**
 * The index of messages by key: a projection of the log into files of hash tables. Owns these files. May import the
 * store's contract, {@code store.file} and {@code common}. Start at {@link io.ternmq.broker.store.index.KeyIndex}.
 */
package io.ternmq.broker.store.index;
