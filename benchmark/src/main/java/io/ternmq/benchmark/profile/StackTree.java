package io.ternmq.benchmark.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Many stacks folded into one tree: equal beginnings are one branch, which weighs what all of them do. Used by one thread. */
final class StackTree {
    private final Node root = new Node("all");

    /** A frame below the frames that it was called from. */
    static final class Node {
        private final String name;
        private final Map<String, Node> children = new TreeMap<>();
        private long weight;
        private long self;

        private Node(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** Of all stacks that come through here. */
        long weight() {
            return weight;
        }

        /** Of the stacks that end here. */
        long self() {
            return self;
        }

        /** Sorted by name. */
        Collection<Node> children() {
            return Collections.unmodifiableCollection(children.values());
        }
    }

    /**
     * What one name adds up to in all its places.
     *
     * @param name of the frames
     * @param self weight of the stacks that end with it
     * @param total weight of the stacks that hold it, each counted once however often it occurs in there
     */
    record Sum(String name, long self, long total) {}

    /**
     * Adds a stack.
     *
     * @param frames from the outermost to the innermost
     * @param weight samples or bytes, above 0
     */
    void add(List<String> frames, long weight) {
        Node node = root;
        node.weight += weight;
        for (String frame : frames) {
            node = node.children.computeIfAbsent(frame, Node::new);
            node.weight += weight;
        }
        node.self += weight;
    }

    /** Stands above all stacks, named {@code all}. */
    Node root() {
        return root;
    }

    /** Returns the {@code limit} names of the largest own weight, largest first. */
    List<Sum> largest(int limit) {
        Map<String, Sum> sums = new HashMap<>();
        root.children().forEach(child -> sum(child, new HashSet<>(), sums));
        List<Sum> sorted = new ArrayList<>(sums.values());
        sorted.sort(Comparator.comparingLong(Sum::self).reversed().thenComparing(Sum::name));
        return List.copyOf(sorted.subList(0, Math.min(limit, sorted.size())));
    }

    private static void sum(Node node, Set<String> above, Map<String, Sum> sums) {
        boolean isOutermost = above.add(node.name);
        long total = isOutermost ? node.weight : 0;
        sums.merge(
                node.name,
                new Sum(node.name, node.self, total),
                (one, other) -> new Sum(one.name(), one.self() + other.self(), one.total() + other.total()));
        node.children.values().forEach(child -> sum(child, above, sums));
        if (isOutermost) {
            above.remove(node.name);
        }
    }
}
