package io.ternmq.broker.store.queue;

import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue files that lie on disk at start, by name and length; none is opened. Owns nothing. */
final class FoundQueues {
    private static final Logger logger = LoggerFactory.getLogger(FoundQueues.class);
    private static final int NAME_DIGITS = 20;
    private static final Pattern QUEUE_ID = Pattern.compile("[0-9]{1,9}");
    private static final Pattern FILE = Pattern.compile("[0-9]{20}");

    /**
     * One file.
     *
     * @param base where it begins in its queue, from its name
     * @param bytes its length
     */
    record FoundFile(long base, long bytes) {}

    /** The files of one queue, in order. */
    record Found(TopicQueue name, Path directory, List<FoundFile> files) {

        /** What lies between the names of two neighbours; the largest number if there are no two. */
        long distance() {
            long distance = Long.MAX_VALUE;
            for (int i = 1; i < files.size(); i++) {
                // The least of all: one in between may be missing.
                distance = Math.min(
                        distance, files.get(i).base() - files.get(i - 1).base());
            }
            return distance;
        }
    }

    private final List<Found> all = new ArrayList<>();

    /** Looks at all queues below {@code directory}. */
    FoundQueues(StoreFiles files, Path directory) throws IOException {
        for (String topic : files.directoryNames(directory)) {
            for (String queueId : files.directoryNames(directory.resolve(topic))) {
                if (QUEUE_ID.matcher(queueId).matches()) {
                    TopicQueue name = new TopicQueue(topic, Integer.parseInt(queueId));
                    all.add(found(files, name, directory.resolve(topic).resolve(queueId)));
                } else {
                    logger.warn("A directory among the queues is none. topic={} name={}", topic, queueId);
                }
            }
        }
    }

    List<Found> all() {
        return all;
    }

    static String nameOf(long base) {
        String digits = Long.toString(base);
        return "0".repeat(NAME_DIGITS - digits.length()) + digits;
    }

    /**
     * The length that all these files have, or had: as configured, if that is what they have; else what lies between two
     * names, or what two files agree about. A single one that is shorter than configured was cut short.
     */
    int fileBytes(int configured) {
        if (isAsConfigured(configured)) {
            return configured; // between two names may be more, where a power cut left the one in between out
        }
        long least = all.stream().mapToLong(Found::distance).min().orElse(Long.MAX_VALUE);
        if (least == Long.MAX_VALUE) {
            Map<Long, Integer> counts = new HashMap<>();
            for (Found found : all) {
                found.files().forEach(file -> counts.merge(file.bytes(), 1, Integer::sum));
            }
            least = counts.entrySet().stream()
                    .filter(length -> length.getValue() > 1 || length.getKey() > configured)
                    .mapToLong(Map.Entry::getKey)
                    .max()
                    .orElse(configured);
        }
        boolean tells = least > 0 && least <= Integer.MAX_VALUE && least % ConsumeQueueEntry.BYTES == 0;
        if (tells && least != configured) {
            logger.info("Queue files keep the length they have. bytes={} configured={}", least, configured);
        }
        return tells ? (int) least : configured;
    }

    private boolean isAsConfigured(int configured) {
        boolean isAny = false;
        for (Found found : all) {
            for (FoundFile file : found.files()) {
                if (file.base() % configured != 0 || file.bytes() > configured) {
                    return false;
                }
                isAny |= file.bytes() == configured;
            }
        }
        return isAny;
    }

    private static Found found(StoreFiles files, TopicQueue name, Path directory) throws IOException {
        List<FoundFile> found = new ArrayList<>();
        for (String file : files.fileNames(directory)) {
            if (FILE.matcher(file).matches()) {
                found.add(new FoundFile(Long.parseLong(file), files.size(directory.resolve(file))));
            }
        }
        return new Found(name, directory, found);
    }
}
