/**
 * Vocabulary and small tools shared by every module: messages, topics, settings, time, work, files and JSON.
 *
 * <p>Owns no state of a running server. May import the JDK and slf4j; each room below says what else. Knows no sockets.
 * Start at {@code common.message}.
 */
package io.ternmq.common;
