/**
 * Texts by namespace and key that operators and tools keep at the name server, above all the order of topics. Owns them
 * and their file. May import {@code remoting} and {@code common}. Start at {@link io.ternmq.namesrv.kv.KvTable}.
 */
package io.ternmq.namesrv.kv;
