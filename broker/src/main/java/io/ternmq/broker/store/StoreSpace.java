package io.ternmq.broker.store;

/**
 * Room on the file system that holds the log.
 *
 * @param usedRatio its used part, 0 to 1
 * @param totalBytes its size
 * @param freeBytes what this process may still use of it
 */
public record StoreSpace(double usedRatio, long totalBytes, long freeBytes) {}
