/**
 * A whole cluster, name server and brokers, in this JVM.
 *
 * <p>Owns the servers it starts and, if it made it, their directory; nothing static, so several clusters live side by
 * side. May import {@code namesrv}, {@code broker}, {@code remoting} and {@code common}. Start at
 * {@link io.ternmq.embedded.LocalCluster}; in tests at {@link io.ternmq.embedded.WithLocalCluster}.
 */
package io.ternmq.embedded;
