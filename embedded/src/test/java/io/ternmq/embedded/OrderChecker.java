package io.ternmq.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Watches consumption in order, and notes what breaks it. Every listener says when it begins and ends with a message; the
 * checker keeps for each queue how far it was consumed.
 *
 * <p>Repeats are allowed, for delivery is at least once: a message that was consumed may come again. What must never be: a
 * message that begins before all those before it were consumed once; two listeners at work on one queue at a time; after a
 * step back, a repeat out of order; a message that is never consumed. Safe for use by any thread.
 */
final class OrderChecker {
    private final Map<String, Progress> queues = new HashMap<>(); // guarded by this, like all below
    private final List<String> violations = new ArrayList<>();
    private final Set<String> members = new TreeSet<>();
    private long repeats;

    private static final class Progress {
        private int consumed; // numbers below it have been consumed
        private int next; // that may begin, but for a step back
        private String inside = ""; // who is in the listener
    }

    /**
     * A listener begins with a message.
     *
     * @param queue by name
     * @param number of the message in its queue, from 0 without gaps
     */
    synchronized void begin(String who, String queue, int number) {
        Progress progress = queues.computeIfAbsent(queue, name -> new Progress());
        if (!progress.inside.isEmpty()) {
            violations.add(queue + "/" + number + " begins at " + who + " while " + progress.inside + " is at work");
        }
        if (number > progress.consumed) {
            violations.add(queue + "/" + number + " begins at " + who + " before " + progress.consumed);
        } else if (number > progress.next) {
            violations.add(queue + "/" + number + " is repeated at " + who + " before " + progress.next);
        }
        repeats += number < progress.consumed ? 1 : 0;
        progress.inside = who;
        progress.next = number;
    }

    /** The listener ends with it. */
    synchronized void end(String who, String queue, int number, boolean isConsumed) {
        Progress progress = queues.get(queue);
        if (progress.inside.equals(who)) {
            progress.inside = "";
        } else {
            violations.add(queue + "/" + number + " ends at " + who + ", which had not begun it");
        }
        if (isConsumed) {
            members.add(who);
            progress.next = number + 1;
            progress.consumed = Math.max(progress.consumed, number + 1);
        }
    }

    /** Whether each of so many queues was consumed up to this count of messages. */
    synchronized boolean hasConsumed(int queueCount, int perQueue) {
        return queues.size() == queueCount
                && queues.values().stream().allMatch(progress -> progress.consumed >= perQueue);
    }

    /** Messages consumed, repeats left out. */
    synchronized long consumed() {
        return queues.values().stream().mapToLong(progress -> progress.consumed).sum();
    }

    /** Queues that a listener is at work on now. */
    synchronized long atWork() {
        return queues.values().stream()
                .filter(progress -> !progress.inside.isEmpty())
                .count();
    }

    /** Those that have consumed something. */
    synchronized Set<String> members() {
        return Set.copyOf(members);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized long repeats() {
        return repeats;
    }

    /** How far each queue is, for messages of failing tests. */
    synchronized Set<String> progress() {
        Set<String> texts = new TreeSet<>();
        queues.forEach((queue, progress) -> texts.add(queue + "=" + progress.consumed + " inside=" + progress.inside));
        return texts;
    }
}
