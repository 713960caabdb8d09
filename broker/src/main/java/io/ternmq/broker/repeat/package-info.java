/**
 * Sends that come more than once: a producer whose answer was lost sends again, and the message is not stored twice. Owns
 * the window of the ids stored last, derived from the log, and the sends under way. May import {@code broker.store} and
 * {@code common}. Start at {@link io.ternmq.broker.repeat.SendsOnce}.
 */
package io.ternmq.broker.repeat;
