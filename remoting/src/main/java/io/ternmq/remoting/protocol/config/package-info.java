/**
 * Requests that read and change the configuration of a running server. Owns no state. May import
 * {@code remoting.protocol}, {@code remoting.frame} and {@code common}, no other area. Start at
 * {@link io.ternmq.remoting.protocol.config.ConfigRpcs}.
 */
package io.ternmq.remoting.protocol.config;
