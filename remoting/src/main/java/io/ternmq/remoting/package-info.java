/**
 * The wire: frames, header codecs, and both ends of a connection.
 *
 * <p>Owns connections and the requests in flight on them. May import {@code common}; Netty only in the rooms {@code frame},
 * {@code transport}, {@code server} and {@code client}. Start at {@code remoting.frame}.
 */
package io.ternmq.remoting;
