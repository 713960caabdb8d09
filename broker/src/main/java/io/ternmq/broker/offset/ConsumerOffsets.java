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

/**
 * The offset up to which each consumer group has consumed each queue. Owns this table; {@link OffsetsFile} saves it
 * from time to time. Safe for use by any thread; the latest commit wins, also a smaller one.
 */
public final class ConsumerOffsets {

    /** What became of a commit. */
    public enum CommitOutcome {
        COMMITTED,
        /** As many groups and queues have offsets as may; only those that have one can move it. */
        TABLE_FULL
    }

    private final int offsetsMax;
    private final ConcurrentMap<GroupTopic, ConcurrentMap<Integer, Long>> table = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger(); // offsets in the table; changed by whoever adds or removes
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
        ConcurrentMap<Integer, Long> queues = table.get(key);
        if (queues == null || queues.replace(queueId, offset) == null) {
            if (!addFirst(key, queueId, offset)) {
                return CommitOutcome.TABLE_FULL;
            }
        }
        if (!changed) {
            changed = true;
        }
        return CommitOutcome.COMMITTED;
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
        changed = true;
    }
}
