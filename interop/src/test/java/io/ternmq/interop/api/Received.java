package io.ternmq.interop.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A message as a consumer sees it.
 *
 * @param queue where it lies
 * @param queueOffset its offset there
 * @param messageId the id that the producer was told
 * @param offsetMessageId the broker's id
 * @param tags empty: none
 * @param keys empty: none
 * @param properties all of them, the system's too
 * @param reconsumeTimes how often it was redelivered
 * @param bornTimestamp wall clock of the producer, in milliseconds
 * @param storeTimestamp wall clock of the broker, in milliseconds
 * @param storeSize bytes of the stored record
 * @param body the user's bytes, after decompression
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes go through untouched; nothing compares these records.
public record Received(
        Queue queue,
        long queueOffset,
        String messageId,
        String offsetMessageId,
        String tags,
        String keys,
        Map<String, String> properties,
        int reconsumeTimes,
        long bornTimestamp,
        long storeTimestamp,
        int storeSize,
        byte[] body) {
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
