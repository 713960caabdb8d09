package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Shares queues out evenly, and moves few of them when members come and go. Members of other makes do not know it: all of a
 * group must be ours.
 *
 * <p>No member knows what another has: that each computes the same without asking comes from the names alone. Every pair of
 * a queue and a member has a weight, a hash of both names. Pairs are taken from the heaviest down; a queue goes to the
 * member of the first of its pairs whose share is not full. Shares are even: all the same size, or some one larger. So a
 * queue stays where its weight put it, whoever else joins or leaves, but for the few that must make room or fill a gap.
 */
public final class AllocateMessageQueueSticky implements AllocateMessageQueueStrategy {
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** The heavier first; equal weights in the order of the lists. */
    private static final Comparator<Pair> HEAVIEST_FIRST = Comparator.comparingLong(Pair::weight)
            .reversed()
            .thenComparing(Pair::queue)
            .thenComparing(Pair::member);

    private record Pair(MessageQueue queue, String member, long weight) {}

    @Override
    public List<MessageQueue> allocate(
            String consumerGroup, String currentCID, List<MessageQueue> mqAll, List<String> cidAll) {
        if (Membership.indexOf(currentCID, consumerGroup, mqAll, cidAll) < 0) {
            return List.of();
        }
        Map<MessageQueue, String> owners = owners(List.copyOf(new LinkedHashSet<>(mqAll)), cidAll);
        return mqAll.stream()
                .filter(queue -> currentCID.equals(owners.get(queue)))
                .toList();
    }

    @Override
    public String getName() {
        return "STICKY";
    }

    private static Map<MessageQueue, String> owners(List<MessageQueue> queues, List<String> members) {
        List<String> distinct = members.stream().distinct().toList();
        int share = queues.size() / distinct.size();
        int larger = queues.size() % distinct.size(); // shares that may still become one larger
        Map<MessageQueue, String> owners = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Pair pair : pairs(queues, distinct)) {
            int count = counts.getOrDefault(pair.member, 0);
            if (!owners.containsKey(pair.queue) && (count < share || (count == share && larger > 0))) {
                owners.put(pair.queue, pair.member);
                counts.put(pair.member, count + 1);
                larger -= count == share ? 1 : 0;
            }
        }
        return owners;
    }

    private static List<Pair> pairs(List<MessageQueue> queues, List<String> members) {
        List<Pair> pairs = new ArrayList<>(queues.size() * members.size());
        for (MessageQueue queue : queues) {
            long queueHash = hash(queue.toString());
            for (String member : members) {
                pairs.add(new Pair(queue, member, mix(queueHash ^ mix(hash(member)))));
            }
        }
        pairs.sort(HEAVIEST_FIRST);
        return pairs;
    }

    // Members of different versions must agree, so neither function may ever change: FNV-1a over UTF-16 units, and a
    // finalizer that spreads each bit over all (the one of SplitMix64).
    private static long hash(String text) {
        long hash = FNV_START;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    private static long mix(long bits) {
        long mixed = bits + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
