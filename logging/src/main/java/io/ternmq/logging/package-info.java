/**
 * How a server logs that the start scripts run as a process of its own. Owns no state; what it sets up is logback's.
 *
 * <p>The only room that knows logback: all others log through slf4j, so that programs that embed a server or use the SDK
 * keep their own logging. May import nothing of ours. Start at {@link io.ternmq.logging.ServerLogging}.
 */
package io.ternmq.logging;
