package io.ternmq.broker.store.index;

import java.io.IOException;

/** Takes what the index finds, and looks at the records themselves. */
@FunctionalInterface
public interface KeyCandidates {

    /**
     * A record may lie here that has the key.
     *
     * @return whether more are wanted
     */
    boolean take(long position) throws IOException;
}
