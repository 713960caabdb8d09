/**
 * Vocabulary of messages: what users handle ({@code Message}, {@link io.ternmq.common.message.MessageQueue}) and the
 * stored form (record, properties, flags, ids). Owns no state. Imports the JDK only. Start at {@code Message} for the
 * SDK's side and at {@code MessageRecord} for the store's.
 */
package io.ternmq.common.message;
