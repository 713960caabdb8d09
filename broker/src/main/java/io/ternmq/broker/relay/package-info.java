/**
 * What operators ask of single clients, and the broker passes on over the clients' own connections: how they are doing,
 * how far they are, and that they consume one message now. Owns no state. May import the storage contract, floor 1,
 * {@code remoting} and {@code common}. Start at {@link io.ternmq.broker.relay.MemberCalls}.
 */
package io.ternmq.broker.relay;
