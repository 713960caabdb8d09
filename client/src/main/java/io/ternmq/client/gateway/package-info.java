/**
 * The client's door to the wire: one small class per area turns a typed question into a typed future and folds codes
 * into results, in one place. Owns the connections. May import {@code client}, {@code client.exception}, remoting and
 * common. Start at {@link io.ternmq.client.gateway.Gateways}.
 */
package io.ternmq.client.gateway;
