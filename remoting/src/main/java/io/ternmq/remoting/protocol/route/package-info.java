/**
 * Requests of the name server about brokers and the topics they serve: registration, routes, lists. Owns no state. May
 * import {@code remoting.protocol}, {@code remoting.frame} and {@code common}, no other area. Start at
 * {@link io.ternmq.remoting.protocol.route.RouteRpcs}.
 */
package io.ternmq.remoting.protocol.route;
