/**
 * Declared settings: each key once, with type, default and range; the files they are read from, and what is said of
 * keys that nobody knows. Owns no values of its own. Imports the JDK and slf4j only. Start at
 * {@link io.ternmq.common.config.Setting}.
 */
package io.ternmq.common.config;
