package io.ternmq.common.config;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;

/**
 * The keys that a server understands and those it takes without effect, since operators bring files written for
 * others. No key ever stops a start. Immutable.
 */
public final class KnownKeys {
    private final Set<String> known;
    private final Set<String> withoutEffect;

    /**
     * @param known keys that have an effect
     * @param withoutEffect keys of the protocol's other servers that mean nothing here
     */
    public KnownKeys(Collection<String> known, Collection<String> withoutEffect) {
        this.known = Set.copyOf(known);
        this.withoutEffect = Set.copyOf(withoutEffect);
    }

    /** One WARN for each key that nobody knows, one INFO for all that have no effect. */
    public void report(Settings settings, Logger log) {
        List<String> idle = withoutEffectIn(settings);
        if (!idle.isEmpty()) {
            log.info("Keys without effect here. keys={}", String.join(",", idle));
        }
        for (String key : unknownIn(settings)) {
            log.warn(
                    "Unknown key is ignored. key={} nearest={}",
                    key,
                    NearestName.of(key, known).orElse("none"));
        }
    }

    /** Given keys that nobody knows, in their order. */
    public List<String> unknownIn(Settings settings) {
        Set<String> unknown = new TreeSet<>(settings.asMap().keySet());
        unknown.removeAll(known);
        unknown.removeAll(withoutEffect);
        return List.copyOf(unknown);
    }

    /** Given keys that are known and have no effect, in their order. */
    public List<String> withoutEffectIn(Settings settings) {
        Set<String> idle = new TreeSet<>(settings.asMap().keySet());
        idle.retainAll(withoutEffect);
        idle.removeAll(known);
        return List.copyOf(idle);
    }
}
