/**
 * Workers, timers and bounded pools: how state on the message path gets its one owner and how threads come to be.
 * Owns every thread that is not an event loop of the transport. May import {@code common.time}. Start at
 * {@link io.ternmq.common.work.Worker}.
 */
package io.ternmq.common.work;
