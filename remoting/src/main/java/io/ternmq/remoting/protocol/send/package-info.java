/**
 * Requests that bring messages to a broker: sends in their three spellings, messages sent back, ends of transactions,
 * replies. Owns no state. May import {@code remoting.protocol}, {@code remoting.frame} and {@code common}, no other
 * area. Start at {@link io.ternmq.remoting.protocol.send.SendRpcs}.
 */
package io.ternmq.remoting.protocol.send;
