/**
 * Which brokers there are and which topics they serve. Owns the table: an immutable snapshot that readers take without
 * waiting, and one lock for those who change it. May import {@code remoting} and {@code common}. Start at
 * {@link io.ternmq.namesrv.route.RouteTable}.
 */
package io.ternmq.namesrv.route;
