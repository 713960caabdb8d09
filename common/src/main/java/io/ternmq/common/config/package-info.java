/**
 * Declared settings: each key once, with type, default and range. Owns no values of its own. Imports the JDK only.
 * Start at {@link io.ternmq.common.config.Setting}.
 */
package io.ternmq.common.config;
