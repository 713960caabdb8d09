package io.ternmq.benchmark;

import io.ternmq.benchmark.load.Mode;
import java.util.Locale;

/** A make of servers. */
public enum Make {
    TERN,
    OFFICIAL,
    /** Stores nothing, and answers sends with what was written beforehand: see {@link io.ternmq.benchmark.floor}. */
    FLOOR;

    /** The client of this make; the floor answers the official one. */
    public Library library() {
        return this == TERN ? Library.TERN : Library.OFFICIAL;
    }

    /** Whether there is a broker behind: one that starts, stores and lets consumers wait. */
    public boolean isBroker() {
        return this != FLOOR;
    }

    /** Whether servers of this make can be put under such a load. */
    public boolean serves(Mode mode) {
        return isBroker() || mode.isSending() || mode == Mode.IDLE;
    }

    /** Its name as options and results spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
