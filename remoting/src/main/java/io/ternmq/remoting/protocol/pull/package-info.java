/**
 * Requests that read messages from a queue. Owns no state. May import {@code remoting.protocol}, {@code remoting.frame}
 * and {@code common}, no other area. Start at {@link io.ternmq.remoting.protocol.pull.PullRpcs}.
 */
package io.ternmq.remoting.protocol.pull;
