/**
 * The floor: what a broker on Netty costs if it does nothing but answer. One process is name server and broker at once,
 * reads of a request no more than its code and its opaque, and answers with bytes written beforehand, over the same
 * transport as our broker. Stores nothing. Imports Netty and {@code remoting.transport}, for its event loops. Start at
 * {@link io.ternmq.benchmark.floor.FloorMain}.
 */
package io.ternmq.benchmark.floor;
