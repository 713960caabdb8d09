package io.ternmq.broker.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The offset up to which each consumer group has consumed each queue. Owns this table; {@link OffsetsFile} saves it
 * from time to time. Safe for use by any thread; the latest commit wins, also a smaller one.
 *
 * <p>An operator's reset counts at once and, until the group's next pull of that queue has been sent there, also against
 * commits: those come from members that do not know of it yet. What waits for such a pull is not saved.
 */
public final class ConsumerOffsets {

    /** What became of a commit. */
    public enum CommitOutcome {
        COMMITTED,
        /** The queue has been reset and the consumer does not know yet: nothing was noted. */
        RESET_WAITS,
        /** As many groups and queues have offsets as may; only those that have one can move it. */
        TABLE_FULL
    }

    private static final ConcurrentMap<Integer, Long> NO_QUEUES = new ConcurrentHashMap<>(0); // never written

    private final int offsetsMax;
    private final ConcurrentMap<GroupTopic, ConcurrentMap<Integer, Long>> table = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger(); // offsets in the table; changed by whoever adds or removes
    private final ConcurrentMap<GroupTopic, ConcurrentMap<Integer, Long>> resets = new ConcurrentHashMap<>();
    private final AtomicInteger resetsWaiting = new AtomicInteger(); // in "resets"; at most as many as offsets
    private final LongAdder lowered = new LongAdder(); // any thread
    private volatile boolean changed; // set by whoever changes the table, cleared by whoever is about to save it

    /** @param offsetsMax offsets of all groups in all queues, at most */
    public ConsumerOffsets(int offsetsMax) {
        this.offsetsMax = offsetsMax;
    }

    /** The next offset that the group wants of the queue; empty if it has never committed one. */
    public OptionalLong committed(String group, String topic, int queueId) {
        ConcurrentMap<Integer, Long> queues = table.get(new GroupTopic(group, topic));
        Long offset = queues == null ? null : queues.get(queueId);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** Notes the next offset that the group wants of the queue. */
    public CommitOutcome commit(String group, String topic, int queueId, long offset) {
        GroupTopic key = new GroupTopic(group, topic);
        if (waitingReset(key, queueId) != null) {
            return CommitOutcome.RESET_WAITS;
        }
        if (!put(key, queueId, offset)) {
            return CommitOutcome.TABLE_FULL;
        }
        Long reset = waitingReset(key, queueId);
        if (reset != null) { // it came in between, and must not be lost if the group goes away before its next pull
            put(key, queueId, reset);
            return CommitOutcome.RESET_WAITS;
        }
        return CommitOutcome.COMMITTED;
    }

    /**
     * Has the group go on elsewhere in a queue, from its next pull on.
     *
     * @return {@link CommitOutcome#TABLE_FULL} if nothing has changed
     */
    public CommitOutcome reset(String group, String topic, int queueId, long offset) {
        GroupTopic key = new GroupTopic(group, topic);
        if (!put(key, queueId, offset)) { // first, so that there are never more resets than offsets
            return CommitOutcome.TABLE_FULL;
        }
        resets.compute(key, (sameKey, present) -> {
            ConcurrentMap<Integer, Long> queues = present == null ? new ConcurrentHashMap<>() : present;
            if (queues.put(queueId, offset) == null) {
                resetsWaiting.incrementAndGet();
            }
            return queues;
        });
        put(key, queueId, offset); // again: a commit may have come between
        return CommitOutcome.COMMITTED;
    }

    /** Where the group has been sent in the queue and has not been told yet; whoever gets it tells it. */
    public OptionalLong takeReset(String group, String topic, int queueId) {
        if (resetsWaiting.get() == 0) {
            return OptionalLong.empty();
        }
        GroupTopic key = new GroupTopic(group, topic);
        Long[] taken = new Long[1];
        resets.computeIfPresent(key, (sameKey, queues) -> {
            taken[0] = queues.remove(queueId);
            return queues.isEmpty() ? null : queues;
        });
        if (taken[0] == null) {
            return OptionalLong.empty();
        }
        resetsWaiting.decrementAndGet();
        return OptionalLong.of(taken[0]);
    }

    /**
     * Has one group begin where another is in a topic.
     *
     * @return {@link CommitOutcome#TABLE_FULL} if not all could be copied
     */
    public CommitOutcome copy(String from, String to, String topic) {
        Map<Integer, Long> queues = Map.copyOf(table.getOrDefault(new GroupTopic(from, topic), NO_QUEUES));
        GroupTopic key = new GroupTopic(to, topic);
        for (Map.Entry<Integer, Long> queue : queues.entrySet()) {
            if (!put(key, queue.getKey(), queue.getValue())) {
                return CommitOutcome.TABLE_FULL;
            }
        }
        return CommitOutcome.COMMITTED;
    }

    /** How many commits and resets were below the offset before them, since the start. */
    public long lowered() {
        return lowered.sum();
    }

    /** The groups that have committed in a topic, in order of name. */
    public Set<String> groupsOf(String topic) {
        Set<String> groups = new TreeSet<>();
        for (GroupTopic key : table.keySet()) {
            if (key.topic().equals(topic)) {
                groups.add(key.group());
            }
        }
        return groups;
    }

    /** The topics in which the group has committed, in order of name. */
    public Set<String> topicsOf(String group) {
        Set<String> topics = new TreeSet<>();
        for (GroupTopic key : table.keySet()) {
            if (key.group().equals(group)) {
                topics.add(key.topic());
            }
        }
        return topics;
    }

    /** Forgets what all groups have consumed of a topic. */
    public void removeTopic(String topic) {
        table.keySet().stream().filter(key -> key.topic().equals(topic)).forEach(this::remove);
    }

    /** Forgets what a group has consumed. */
    public void removeGroup(String group) {
        table.keySet().stream().filter(key -> key.group().equals(group)).forEach(this::remove);
    }

    /** Takes in what was saved, whatever the limit: offsets must not get lost because somebody lowered it. */
    void restore(Map<GroupTopic, Map<Integer, Long>> saved) {
        saved.forEach((key, queues) -> {
            table.put(key, new ConcurrentHashMap<>(queues));
            count.addAndGet(queues.size());
        });
    }

    /** Lowers each offset that lies above its queue's end. At start, before anybody commits or sends. */
    List<LoweredOffset> lowerTo(QueueEnds ends) {
        List<LoweredOffset> lowered = new ArrayList<>();
        table.forEach((key, queues) -> queues.replaceAll((queueId, offset) -> {
            long end = ends.endOf(key.topic(), queueId);
            if (offset <= end) {
                return offset;
            }
            lowered.add(new LoweredOffset(key.group(), key.topic(), queueId, offset, end));
            return end;
        }));
        changed |= !lowered.isEmpty();
        return lowered;
    }

    /** A copy of the table: by {@code topic@group}, then by queue id, both in order. */
    Map<String, Map<Integer, Long>> snapshot() {
        Map<String, Map<Integer, Long>> copy = new TreeMap<>();
        table.forEach((key, queues) -> copy.put(key.text(), new TreeMap<>(queues)));
        return copy;
    }

    /** Whether the table has changed since the last call. A snapshot taken after the call holds all those changes. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Marks the table as not saved, after a save that failed. */
    void markChanged() {
        changed = true;
    }

    private Long waitingReset(GroupTopic key, int queueId) {
        return resetsWaiting.get() == 0
                ? null
                : resets.getOrDefault(key, NO_QUEUES).get(queueId);
    }

    /** False if the table is full. */
    private boolean put(GroupTopic key, int queueId, long offset) {
        ConcurrentMap<Integer, Long> queues = table.get(key);
        Long before = queues == null ? null : queues.replace(queueId, offset);
        if (before == null && !addFirst(key, queueId, offset)) {
            return false;
        }
        if (before != null && before > offset) {
            lowered.increment();
        }
        if (!changed) {
            changed = true;
        }
        return true;
    }

    private boolean addFirst(GroupTopic key, int queueId, long offset) {
        if (count.incrementAndGet() > offsetsMax) {
            count.decrementAndGet();
            return false;
        }
        // Under the key's own lock, so that an offset is never put into a map that remove() has just taken out.
        table.compute(key, (sameKey, present) -> {
            ConcurrentMap<Integer, Long> queues = present == null ? new ConcurrentHashMap<>() : present;
            if (queues.put(queueId, offset) != null) {
                count.decrementAndGet(); // somebody else was first
            }
            return queues;
        });
        return true;
    }

    private void remove(GroupTopic key) {
        table.computeIfPresent(key, (sameKey, queues) -> {
            count.addAndGet(-queues.size());
            return null;
        });
        resets.computeIfPresent(key, (sameKey, queues) -> {
            resetsWaiting.addAndGet(-queues.size());
            return null;
        });
        changed = true;
    }
}
