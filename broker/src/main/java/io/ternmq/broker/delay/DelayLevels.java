package io.ternmq.broker.delay;

import io.ternmq.common.message.MessageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long the messages of each delay level are held back. Levels have the numbers from 1 on; level n waits in queue n - 1.
 * Immutable.
 *
 * @param delays of level 1, 2 and so on; at least one
 */
public record DelayLevels(List<Duration> delays) {
    /** Levels at most: each has a queue that is looked at. */
    static final int COUNT_MAX = 256;

    private static final Duration DELAY_MAX = Duration.ofDays(366);

    // What an entry of a level that there is no more is given, in a queue that is derived anew.
    private static final long UNKNOWN_DELAY_MILLIS = 1000;

    public DelayLevels {
        delays = List.copyOf(delays);
    }

    /** Reads the notation of settings: numbers with a unit of s, m, h or d, parted by blanks; empty if it is none. */
    static Optional<DelayLevels> parse(String text) {
        List<Duration> delays = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            Optional<Duration> delay = delay(word);
            if (delay.isEmpty() || delays.size() == COUNT_MAX) {
                return Optional.empty();
            }
            delays.add(delay.get());
        }
        return Optional.of(new DelayLevels(delays));
    }

    /** How many there are, which is the number of the highest. */
    public int count() {
        return delays.size();
    }

    /** The level that a message gets that asks for one: the highest there is for a higher one. */
    int clamp(int level) {
        return Math.min(level, count());
    }

    /** How long a level holds back, if there is such a level. */
    Optional<Duration> delayOf(int level) {
        return level >= 1 && level <= count() ? Optional.of(delays.get(level - 1)) : Optional.empty();
    }

    /** The wall time at which a message that lies in a level's queue is due. */
    public long dueMillis(MessageRecord record) {
        return record.storeMillis()
                + delayOf(record.queueId() + 1).map(Duration::toMillis).orElse(UNKNOWN_DELAY_MILLIS);
    }

    private static Optional<Duration> delay(String word) {
        if (!word.matches("[0-9]{1,9}[smhd]")) {
            return Optional.empty();
        }
        long number = Long.parseLong(word.substring(0, word.length() - 1));
        Duration delay = switch (word.charAt(word.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return delay.compareTo(DELAY_MAX) <= 0 ? Optional.of(delay) : Optional.empty();
    }
}
