package io.ternmq.broker.traffic;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What a growing count stood at when yesterday and today began, as far as this process lived then. Changed by the
 * thread that samples, read by any.
 */
public final class DayTotals {
    private final ZoneId zone;
    private LocalDate today; // guarded by this
    private long atTodaysStart; // guarded by this
    private long atYesterdaysStart; // guarded by this

    DayTotals(ZoneId zone, long wallMillis) {
        this.zone = zone;
        this.today = dayOf(wallMillis);
    }

    /** The count when today began; 0 if the broker has been started since. */
    public synchronized long atTodaysStart() {
        return atTodaysStart;
    }

    /** The count when yesterday began; 0 if the broker has been started since. */
    public synchronized long atYesterdaysStart() {
        return atYesterdaysStart;
    }

    /** Notes the count if a day has begun since the last call. */
    synchronized void sample(long wallMillis, long total) {
        LocalDate day = dayOf(wallMillis);
        if (!day.equals(today)) {
            atYesterdaysStart = day.minusDays(1).equals(today) ? atTodaysStart : total;
            atTodaysStart = total;
            today = day;
        }
    }

    private LocalDate dayOf(long wallMillis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(wallMillis), zone);
    }
}
