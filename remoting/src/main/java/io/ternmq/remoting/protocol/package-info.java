/**
 * What every area of the protocol shares: request and response codes, {@link io.ternmq.remoting.protocol.Rpc}, the
 * failures of a call. Each area below has its own package of header and body records and imports no other area. Owns no
 * state. May import {@code remoting.frame} and {@code common}. Start at {@code Rpc}.
 */
package io.ternmq.remoting.protocol;
