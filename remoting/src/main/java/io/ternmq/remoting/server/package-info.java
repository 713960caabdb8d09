/**
 * The answering side of the wire: accepts connections and brings each request to its processor. Owns the connections
 * that peers opened. May import {@code remoting.frame}, {@code protocol}, {@code transport} and {@code common}. Start
 * at {@code RemotingServer}.
 */
package io.ternmq.remoting.server;
