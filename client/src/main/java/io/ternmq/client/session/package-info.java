/**
 * One client's life: its connections, name, timers, and what it tells brokers about itself. Owns the members, producers
 * and consumers, that brokers are told of. May import {@code client}, {@code client.exception}, {@code route},
 * {@code gateway}, the records of the protocol, and common. Start at
 * {@link io.ternmq.client.session.ClientInstance}.
 */
package io.ternmq.client.session;
