/**
 * Connections: event loops, the pipeline, and {@link io.ternmq.remoting.transport.Link}, one open connection with both of
 * its directions. Owns the network threads, what is read but not yet handed on, and the calls that await answers. May
 * import {@code remoting.frame}, {@code remoting.protocol} (a call fails with its exceptions) and {@code common}. Start
 * at {@code Link}.
 */
package io.ternmq.remoting.transport;
