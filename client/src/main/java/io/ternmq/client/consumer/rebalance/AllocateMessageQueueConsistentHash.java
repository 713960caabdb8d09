package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Puts every member on a ring in several places, each named {@code clientId-k}; a queue goes to the member at or behind its
 * own place. Few queues move when members come and go, but shares differ in size: see
 * {@link AllocateMessageQueueSticky} for even ones.
 */
public final class AllocateMessageQueueConsistentHash implements AllocateMessageQueueStrategy {
    private static final int VIRTUAL_NODES = 10; // as members of other makes put them

    private final int virtualNodes;
    private final ToLongFunction<String> hash;

    public AllocateMessageQueueConsistentHash() {
        this(VIRTUAL_NODES);
    }

    public AllocateMessageQueueConsistentHash(int virtualNodeCnt) {
        this(virtualNodeCnt, AllocateMessageQueueConsistentHash::md5);
    }

    /**
     * A ring with a hash of one's own.
     *
     * @param virtualNodeCnt places of each member, 0 or more
     * @param hash alike in every member of the group; null for the one that all makes have
     */
    public AllocateMessageQueueConsistentHash(int virtualNodeCnt, ToLongFunction<String> hash) {
        if (virtualNodeCnt < 0) {
            throw new IllegalArgumentException(
                    "virtualNodeCnt=" + virtualNodeCnt + " is not valid: expected at least 0");
        }
        this.virtualNodes = virtualNodeCnt;
        this.hash = Objects.requireNonNullElse(hash, AllocateMessageQueueConsistentHash::md5);
    }

    @Override
    public List<MessageQueue> allocate(
            String consumerGroup, String currentCID, List<MessageQueue> mqAll, List<String> cidAll) {
        if (Membership.indexOf(currentCID, consumerGroup, mqAll, cidAll) < 0) {
            return List.of();
        }
        NavigableMap<Long, String> ring = ringOf(cidAll);
        return mqAll.stream()
                .filter(queue -> currentCID.equals(ownerOf(queue, ring)))
                .toList();
    }

    @Override
    public String getName() {
        return "CONSISTENT_HASH";
    }

    private NavigableMap<Long, String> ringOf(List<String> members) {
        NavigableMap<Long, String> ring = new TreeMap<>();
        Map<String, Integer> places = new HashMap<>(); // a member listed twice has twice as many
        for (String member : members) {
            int first = places.merge(member, virtualNodes, Integer::sum) - virtualNodes;
            for (int place = first; place < first + virtualNodes; place++) {
                ring.put(hash.applyAsLong(member + "-" + place), member);
            }
        }
        return ring;
    }

    private String ownerOf(MessageQueue queue, NavigableMap<Long, String> ring) {
        Map.Entry<Long, String> owner = ring.ceilingEntry(hash.applyAsLong(queue.toString()));
        if (owner == null) {
            owner = ring.firstEntry();
        }
        return owner == null ? null : owner.getValue();
    }

    /** The first four bytes of the MD5 of the text in UTF-8, as an unsigned number. */
    private static long md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
