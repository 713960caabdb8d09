/**
 * A whole cluster, name server and brokers, in this JVM.
 *
 * <p>Owns the servers it starts and their directories. May import {@code namesrv} and {@code broker}.
 */
package io.ternmq.embedded;
