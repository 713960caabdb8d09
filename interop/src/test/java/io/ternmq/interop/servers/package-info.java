/**
 * Name servers and brokers, ours and the official ones, as processes of their own. Owns those processes and the ports
 * chosen for them, and ends each by its handle. Imports slf4j and the JDK only: the benchmark uses it too. Start at
 * {@link io.ternmq.interop.servers.RunningCluster}.
 */
package io.ternmq.interop.servers;
