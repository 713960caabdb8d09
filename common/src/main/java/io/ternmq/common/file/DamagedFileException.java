package io.ternmq.common.file;

import java.io.IOException;

/** A file is there but does not hold what it should, and neither does its backup. The message names both. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
