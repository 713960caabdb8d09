/**
 * The only place that reads a clock. Everything else is handed a {@link io.ternmq.common.time.Clock}, so that a whole
 * broker also runs under a fake one. Owns nothing; imports the JDK only. Start at {@code Clock}.
 */
package io.ternmq.common.time;
