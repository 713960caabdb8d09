package io.ternmq.broker.filter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What became of expressions that were asked for lately, by their text, so that each is compiled once and not for each
 * pull. Owns two generations: the younger takes what is asked for; when it is full the elder is dropped, and the younger
 * becomes the elder. Read without a lock.
 */
final class RecentFilters {
    /** Weight of one generation, about bytes of memory: tens of thousands of ordinary expressions. */
    static final int WEIGHT_MAX = 8 * 1024 * 1024;

    private static final int WEIGHT_OF_ENTRY = 256;
    private static final int WEIGHT_OF_TERM = 128;

    /**
     * An outcome and what keeping it costs.
     *
     * @param terms names and literals of the expression
     */
    record Compiled(FilterOutcome outcome, int terms) {}

    private volatile Map<String, Compiled> younger = new ConcurrentHashMap<>(); // replaced under the lock
    private volatile Map<String, Compiled> elder = Map.of(); // replaced under the lock
    private int weight; // of the younger; guarded by the lock

    /** The outcome for an expression: found, or compiled now. */
    FilterOutcome get(String expression, Function<String, Compiled> compile) {
        Compiled found = younger.get(expression);
        if (found != null) {
            return found.outcome();
        }
        found = elder.get(expression);
        Compiled kept = found != null ? found : compile.apply(expression);
        keep(expression, kept);
        return kept.outcome();
    }

    private synchronized void keep(String expression, Compiled compiled) {
        int added = WEIGHT_OF_ENTRY + 2 * expression.length() + WEIGHT_OF_TERM * compiled.terms();
        if (weight + added > WEIGHT_MAX) {
            elder = younger;
            younger = new ConcurrentHashMap<>();
            weight = 0;
        }
        if (younger.putIfAbsent(expression, compiled) == null) {
            weight += added;
        }
    }

    /** Expressions kept now, those in both generations counted twice. */
    int kept() {
        return younger.size() + elder.size();
    }
}
