/**
 * Files of the store: the only code here that opens, maps, forces, cuts or deletes them. Owns no policy. May import
 * {@code common}. Start at {@link io.ternmq.broker.store.file.StoreFiles}; the real one is
 * {@link io.ternmq.broker.store.file.DiskFiles}, tests have one that fails on demand.
 */
package io.ternmq.broker.store.file;
