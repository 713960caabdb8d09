package io.ternmq.broker.store;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * How much the store takes on at once.
 *
 * @param bodyBytesMax longest body, or bodies of one unit together, as they arrive; key {@code maxMessageSize}, default
 *     4194304
 * @param waitingCountMax appends that may wait for their turn; key {@code storeWaitingAppendsMax}, default 16384
 * @param waitingBytesMax bytes of them; key {@code storeWaitingBytesMax}, default 64 MiB
 * @param unansweredCountMax appends in the log that may wait for the disk or for replicas; key
 *     {@code storeUnansweredAppendsMax}, default 65536
 * @param preparedBytesMax how far ahead of the log's end space is allocated; key {@code storePreparedBytesMax}, default
 *     64 MiB
 * @param hotBytes reads this near to the log's end are served from the mapped log, on the asking thread; key
 *     {@code storeHotReadBytes}, default 32 MiB
 * @param cachedBytes reads this near to the log's end are likely to find their pages in memory, and files written since
 *     the start stay mapped; farther reads are told that they are slow; key {@code storeCachedReadBytes}; 0, the
 *     default, for 40 % of what memory the machine or container has
 * @param openQueueFilesMax files of queues kept open; key {@code queueHandlesMax}; 0, the default, for half of what the
 *     process may open, from 1024 to 16384
 */
public record StoreLimits(
        int bodyBytesMax,
        int waitingCountMax,
        long waitingBytesMax,
        int unansweredCountMax,
        long preparedBytesMax,
        long hotBytes,
        long cachedBytes,
        int openQueueFilesMax) {
    static final Setting<Integer> BODY =
            Setting.integer("maxMessageSize", 4 << 20).between(1, 512 << 20);
    static final Setting<Integer> WAITING =
            Setting.integer("storeWaitingAppendsMax", 1 << 14).between(1, 1 << 20);
    static final Setting<Long> WAITING_BYTES =
            Setting.number("storeWaitingBytesMax", 64L << 20).between(1 << 16, 1L << 40);
    static final Setting<Integer> UNANSWERED =
            Setting.integer("storeUnansweredAppendsMax", 1 << 16).between(1, 1 << 24);
    static final Setting<Long> PREPARED =
            Setting.number("storePreparedBytesMax", 64L << 20).between(1 << 16, 1L << 32);
    static final Setting<Long> HOT =
            Setting.number("storeHotReadBytes", 32L << 20).between(0, 1L << 40);
    static final Setting<Long> CACHED =
            Setting.number("storeCachedReadBytes", 0).between(0, 1L << 50);
    static final Setting<Integer> QUEUE_FILES = Setting.integer("queueHandlesMax", 0)
            .restricted("0 or 16 to 1048576", files -> files == 0 || (files >= 16 && files <= 1 << 20));

    public static StoreLimits from(Settings settings) {
        return new StoreLimits(
                settings.get(BODY),
                settings.get(WAITING),
                settings.get(WAITING_BYTES),
                settings.get(UNANSWERED),
                settings.get(PREPARED),
                settings.get(HOT),
                settings.get(CACHED),
                settings.get(QUEUE_FILES));
    }

    /** What is declared here, for reference pages and checks of keys. */
    public static List<Setting<?>> declared() {
        return List.of(BODY, WAITING, WAITING_BYTES, UNANSWERED, PREPARED, HOT, CACHED, QUEUE_FILES);
    }
}
