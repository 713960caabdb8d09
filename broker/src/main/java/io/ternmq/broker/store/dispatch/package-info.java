/**
 * Feeds the records of the log, in order, to the projections and to those who wait for messages. Owns the watermark
 * dispatched. May import {@code broker.store}, {@code store.log} and {@code common}. Start at
 * {@link io.ternmq.broker.store.dispatch.LogDispatcher}.
 */
package io.ternmq.broker.store.dispatch;
