/**
 * Groups that go on elsewhere because an operator wants so: by time, by offset, or where another group is. Owns no state;
 * where groups are is {@code broker.offset}'s. May import the storage contract, floor 1, {@code remoting} and
 * {@code common}. Start at {@link io.ternmq.broker.reset.OffsetResets}.
 */
package io.ternmq.broker.reset;
