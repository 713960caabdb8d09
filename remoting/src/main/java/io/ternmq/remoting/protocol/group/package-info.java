/**
 * Requests that read and change the consumer groups of one broker. Owns no state. May import
 * {@code remoting.protocol}, {@code remoting.frame} and {@code common}, no other area. Start at
 * {@link io.ternmq.remoting.protocol.group.GroupRpcs}.
 */
package io.ternmq.remoting.protocol.group;
