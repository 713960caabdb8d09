package io.ternmq.broker.filter;

import io.ternmq.broker.store.MessageFilter;
import java.util.Arrays;
import java.util.Collection;

/**
 * Passes messages whose tag hash is one of a set, by the queue entry alone. Two tags of one hash cannot be told apart
 * here; consumers compare the tag's text again. Immutable.
 */
final class TagFilter implements MessageFilter {
    private final long[] hashes; // ascending

    /** @param hashes Java hashes of the wanted tags, at least one */
    TagFilter(Collection<Integer> hashes) {
        this.hashes = hashes.stream().mapToLong(Integer::longValue).sorted().toArray();
    }

    @Override
    public boolean mayMatch(long tagsHash) {
        // One tag is by far the most frequent subscription.
        return hashes.length == 1 ? hashes[0] == tagsHash : Arrays.binarySearch(hashes, tagsHash) >= 0;
    }

    @Override
    public String toString() {
        return "tag hashes " + Arrays.toString(hashes);
    }
}
