/**
 * Requests by which operators see what a broker holds, how fast it is, and how far groups are behind. Owns no state.
 * May import {@code remoting.protocol}, {@code remoting.frame} and {@code common}, no other area. Start at
 * {@link io.ternmq.remoting.protocol.stats.StatsRpcs}.
 */
package io.ternmq.remoting.protocol.stats;
