package io.ternmq.broker.store.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A directory of a simulated disk: the names that processes see, and those that outlive a power cut for certain. */
final class SimulatedDirectory {
    private final Map<String, Object> seen = new TreeMap<>(); // directories and contents
    private final Map<String, Object> safe = new TreeMap<>();

    Optional<SimulatedContent> content(Path path) {
        return find(path).filter(SimulatedContent.class::isInstance).map(SimulatedContent.class::cast);
    }

    Optional<SimulatedDirectory> directory(Path path) {
        return find(path).filter(SimulatedDirectory.class::isInstance).map(SimulatedDirectory.class::cast);
    }

    /** What a path leads to from here. */
    Optional<Object> find(Path path) {
        Object at = this;
        for (Path name : path) {
            Object next = at instanceof SimulatedDirectory in ? in.seen.get(name.toString()) : null;
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    Optional<Object> get(String name) {
        return Optional.ofNullable(seen.get(name));
    }

    void put(String name, Object what) {
        seen.put(name, what);
    }

    void remove(String name) {
        seen.remove(name);
    }

    boolean isEmpty() {
        return seen.isEmpty();
    }

    List<String> names(Class<?> kind) {
        return seen.entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    void force() {
        safe.clear();
        safe.putAll(seen);
    }

    /** Each name that was not forced is as before or as now; what is left is on disk. */
    void cutPower(Random random) {
        Set<String> names = new TreeSet<>(seen.keySet()); // in order, so that a seed gives the same disk each time
        names.addAll(safe.keySet());
        for (String name : names) {
            Object left = random.nextBoolean() ? seen.get(name) : safe.get(name);
            if (left == null) {
                seen.remove(name);
            } else {
                seen.put(name, left);
            }
        }
        force();
        for (Object left : seen.values()) {
            if (left instanceof SimulatedDirectory directory) {
                directory.cutPower(random);
            } else {
                ((SimulatedContent) left).cutPower(random);
            }
        }
    }

    void collect(List<SimulatedContent> found) {
        for (Object what : seen.values()) {
            if (what instanceof SimulatedDirectory directory) {
                directory.collect(found);
            } else {
                found.add((SimulatedContent) what);
            }
        }
    }
}
