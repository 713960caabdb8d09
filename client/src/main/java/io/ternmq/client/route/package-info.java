/**
 * Where topics live. Owns what the client knows of topics, queues and broker addresses, and asks name servers for it.
 * May import {@code client}, {@code client.exception}, {@code gateway} and common. Start at
 * {@link io.ternmq.client.route.RouteCache}.
 */
package io.ternmq.client.route;
