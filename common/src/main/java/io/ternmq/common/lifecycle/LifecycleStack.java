package io.ternmq.common.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started, in order; closes it in reverse. A part that fails to close is logged and does not keep the
 * others open. Used by one thread at a time; a second close does nothing.
 */
public final class LifecycleStack implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LifecycleStack.class);

    private record Part(String name, AutoCloseable closing) {}

    private final Deque<Part> parts = new ArrayDeque<>();

    /** Notes that {@code part} runs and is to be closed before all that was pushed earlier. Returns it. */
    public <T extends AutoCloseable> T push(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            closeOne(parts.pop());
        }
    }

    private static void closeOne(Part part) {
        try {
            part.closing().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.warn("Interrupted while closing. part={}", part.name());
        } catch (Exception e) { // AutoCloseable declares it, and the parts below must still be closed
            log.error("Part did not close cleanly. part={}", part.name(), e);
        }
    }
}
