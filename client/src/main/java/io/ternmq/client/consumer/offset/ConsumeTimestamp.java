package io.ternmq.client.consumer.offset;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Reads the {@code consumeTimestamp} of a consumer. Stateless. */
public final class ConsumeTimestamp {
    private static final String PATTERN = "yyyyMMddHHmmss";
    private static final Duration DEFAULT_AGE = Duration.ofMinutes(30);

    private ConsumeTimestamp() {}

    /** Wall milliseconds; half an hour ago for null. */
    public static long millis(String text, Clock clock) throws MQClientException {
        if (text == null) {
            return clock.wallMillis() - DEFAULT_AGE.toMillis();
        }
        try {
            return LocalDateTime.parse(text, DateTimeFormatter.ofPattern(PATTERN))
                    .atZone(ZoneId.systemDefault())
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN, "consumeTimestamp=" + text + " is not valid: expected " + PATTERN, e);
        }
    }
}
