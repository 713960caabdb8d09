package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What a group, or one member of it, reads: one subscription a topic. Immutable. An array in order of topic rather than a
 * map, since there may be a thousand of them in each of a thousand groups.
 */
final class SubscriptionTable {
    static final SubscriptionTable EMPTY = new SubscriptionTable(new SubscriptionData[0]);

    /** Topics that a text about a difference names; there may be a thousand. */
    private static final int NAMED_MAX = 5;

    /** Longest expression shown in such a text. */
    private static final int SHOWN_MAX = 100;

    private final SubscriptionData[] byTopic;

    private SubscriptionTable(SubscriptionData[] byTopic) {
        this.byTopic = byTopic;
    }

    /** Where a topic stands twice, the newer version counts. */
    static SubscriptionTable of(List<SubscriptionData> said) {
        SubscriptionData[] sorted = said.toArray(SubscriptionData[]::new);
        Comparator<SubscriptionData> order = Comparator.comparing(SubscriptionData::topic);
        Arrays.sort(sorted, order.thenComparing(SubscriptionData::version, Comparator.reverseOrder()));
        int count = 0;
        for (SubscriptionData one : sorted) {
            if (count == 0 || !sorted[count - 1].topic().equals(one.topic())) {
                sorted[count++] = one;
            }
        }
        return new SubscriptionTable(count == sorted.length ? sorted : Arrays.copyOf(sorted, count));
    }

    Optional<SubscriptionData> find(String topic) {
        int index = indexOf(topic);
        return index < 0 ? Optional.empty() : Optional.of(byTopic[index]);
    }

    /** All of them, in order of topic, unmodifiable. */
    List<SubscriptionData> all() {
        return Collections.unmodifiableList(Arrays.asList(byTopic));
    }

    /**
     * The table of a group after a member has said what it reads: a topic that the member does not name is no longer
     * read; of the others the newer version counts.
     *
     * @return this very table if nothing has changed
     */
    SubscriptionTable replacedBy(SubscriptionTable said) {
        SubscriptionData[] next = new SubscriptionData[said.byTopic.length];
        boolean isSame = next.length == byTopic.length;
        for (int index = 0; index < next.length; index++) {
            SubscriptionData theirs = said.byTopic[index];
            boolean isAtSamePlace = isSame && byTopic[index].topic().equals(theirs.topic());
            SubscriptionData ours =
                    isAtSamePlace ? byTopic[index] : find(theirs.topic()).orElse(null);
            boolean isKept = ours != null && ours.version() >= theirs.version();
            next[index] = isKept ? ours : theirs;
            isSame = isAtSamePlace && isKept;
        }
        return isSame ? this : new SubscriptionTable(next);
    }

    /** Whether the same messages of the same topics are wanted, whatever the versions. */
    boolean readsLike(SubscriptionTable other) {
        if (this == other) {
            return true;
        }
        if (byTopic.length != other.byTopic.length) {
            return false;
        }
        for (int index = 0; index < byTopic.length; index++) {
            if (!byTopic[index].topic().equals(other.byTopic[index].topic())
                    || !wantsLike(byTopic[index], other.byTopic[index])) {
                return false;
            }
        }
        return true;
    }

    /** What this table wants where the other wants something else, for people: {@code T=[TagA], U=nothing}. */
    String whereUnlike(SubscriptionTable other) {
        Map<String, String> unlike = new TreeMap<>();
        for (SubscriptionData one : byTopic) {
            if (other.find(one.topic()).filter(theirs -> wantsLike(one, theirs)).isEmpty()) {
                unlike.put(one.topic(), "[" + shown(one.expression()) + "]");
            }
        }
        for (SubscriptionData theirs : other.byTopic) {
            if (indexOf(theirs.topic()) < 0) {
                unlike.put(theirs.topic(), "nothing");
            }
        }
        StringJoiner text = new StringJoiner(", ");
        List<Map.Entry<String, String>> entries = new ArrayList<>(unlike.entrySet());
        entries.stream().limit(NAMED_MAX).forEach(entry -> text.add(entry.getKey() + "=" + entry.getValue()));
        return entries.size() <= NAMED_MAX
                ? text.toString()
                : text + " and " + (entries.size() - NAMED_MAX) + " more topics";
    }

    private static String shown(String expression) {
        return expression.length() <= SHOWN_MAX ? expression : expression.substring(0, SHOWN_MAX) + "...";
    }

    private static boolean wantsLike(SubscriptionData one, SubscriptionData other) {
        if (one.isTagType() && other.isTagType()) {
            return one.expression().equals(other.expression())
                    || (!one.tags().isEmpty() && one.tags().equals(other.tags()));
        }
        return one.expressionType().equals(other.expressionType())
                && one.expression().equals(other.expression());
    }

    private int indexOf(String topic) {
        int low = 0;
        int high = byTopic.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = byTopic[middle].topic().compareTo(topic);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
