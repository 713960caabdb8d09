/**
 * Which brokers a producer had better leave alone for a while. Owns what it has learned about each broker: how long
 * answers took, and whether any came. May import common only. Start at {@link io.ternmq.client.fault.FaultTable}.
 */
package io.ternmq.client.fault;
