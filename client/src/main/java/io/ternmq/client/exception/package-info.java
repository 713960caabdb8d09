/**
 * What applications catch. Owns nothing; imports the JDK only. Start at
 * {@link io.ternmq.client.exception.MQClientException}.
 */
package io.ternmq.client.exception;
