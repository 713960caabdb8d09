/**
 * Start in order, stop in reverse. Owns nothing but the order. Imports the JDK and slf4j only. Start at
 * {@link io.ternmq.common.lifecycle.LifecycleStack}.
 */
package io.ternmq.common.lifecycle;
