package io.ternmq.broker.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** The file system has no room for a write. Unlike other errors this one passes when space returns. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFullException(Path file, long position, long bytes, Throwable cause) {
        super("no space for " + bytes + " bytes at " + position + " of " + file, cause);
    }
}
