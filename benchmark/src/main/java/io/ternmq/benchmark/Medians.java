package io.ternmq.benchmark;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The middle of what was measured several times. Stateless. */
public final class Medians {
    private Medians() {}

    /** The middle one, or the mean of the two in the middle; not a number if there is none. */
    public static <T> double of(Collection<T> all, ToDoubleFunction<T> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
