package io.ternmq.benchmark;

import java.util.Locale;

/** A make of servers. */
public enum Make {
    TERN,
    OFFICIAL;

    /** The client of this make. */
    public Library library() {
        return this == TERN ? Library.TERN : Library.OFFICIAL;
    }

    /** Its name as options and results spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
