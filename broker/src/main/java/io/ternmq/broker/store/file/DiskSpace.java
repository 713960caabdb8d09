package io.ternmq.broker.store.file;

/**
 * Room on a file system.
 *
 * @param totalBytes its size
 * @param freeBytes what this process may still use of it
 */
public record DiskSpace(long totalBytes, long freeBytes) {

    /** Used part, 0 to 1. */
    public double usedRatio() {
        return totalBytes <= 0 ? 0 : 1 - (double) freeBytes / totalBytes;
    }
}
