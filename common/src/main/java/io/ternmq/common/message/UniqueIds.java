package io.ternmq.common.message;

import io.ternmq.common.time.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the unique ids that a client gives its messages: upper-case hex of its address (4 or 16 bytes), process id (2),
 * a number of this generator (4), milliseconds since the month began (4) and a counter (2). Owns the counter. Safe for
 * use by any thread.
 *
 * <pre>
 * 7F000001 04D2 18B4AAC2 00000000 0000
 * address  pid  number   millis   counter
 * </pre>
 */
public final class UniqueIds {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int TIME_AND_COUNTER_DIGITS = 12;

    private final byte[] prefix;
    private final Clock clock;
    private final ZoneId zone;
    private final AtomicInteger counter = new AtomicInteger(); // any thread increments
    private volatile Month month; // any thread replaces it with an equal or later one

    private record Month(long startMillis, long endMillis) {}

    /**
     * @param address of this machine, 4 or 16 bytes
     * @param processId its low 16 bits are used
     * @param number tells generators of one process apart; best a random one
     * @param zone where the first of a month begins
     */
    public UniqueIds(byte[] address, long processId, int number, Clock clock, ZoneId zone) {
        if (address.length != 4 && address.length != 16) {
            throw new IllegalArgumentException("Address has " + address.length + " bytes, expected 4 or 16");
        }
        HexFormat hex = HexFormat.of().withUpperCase();
        String head = hex.formatHex(address) + hex.toHexDigits((short) processId) + hex.toHexDigits(number);
        this.prefix = head.getBytes(StandardCharsets.US_ASCII);
        this.clock = clock;
        this.zone = zone;
        this.month = monthAt(clock.wallMillis());
    }

    public String next() {
        long nowMillis = clock.wallMillis();
        Month current = month;
        if (nowMillis >= current.endMillis || nowMillis < current.startMillis) {
            current = monthAt(nowMillis);
            month = current;
        }
        int length = prefix.length;
        byte[] id = new byte[length + TIME_AND_COUNTER_DIGITS];
        System.arraycopy(prefix, 0, id, 0, length);
        putHex(id, length, (int) (nowMillis - current.startMillis), 8);
        putHex(id, length + 8, counter.getAndIncrement(), 4);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private Month monthAt(long nowMillis) {
        ZonedDateTime start =
                Instant.ofEpochMilli(nowMillis).atZone(zone).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
        return new Month(
                start.toInstant().toEpochMilli(),
                start.plusMonths(1).toInstant().toEpochMilli());
    }

    private static void putHex(byte[] target, int offset, int value, int digits) {
        for (int digit = 0; digit < digits; digit++) {
            target[offset + digit] = DIGITS[(value >>> ((digits - 1 - digit) * 4)) & 0xF];
        }
    }
}
