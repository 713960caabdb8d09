package io.ternmq.broker;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.util.List;

/**
 * How many threads do what must not be done on network threads, and how much may wait for them.
 *
 * @param readers threads that read what may have to come from disk; key {@code storeReaderThreads}, default 4
 * @param readsWaitingMax reads that may wait for one; key {@code storeReaderQueueCapacity}, default 10000
 * @param admins threads for administration; key {@code adminThreads}, default 2
 * @param adminsWaitingMax administrative requests, and changes of topics and groups each, that may wait; key
 *     {@code adminQueueCapacity}, default 10000
 */
public record ThreadsConfig(int readers, int readsWaitingMax, int admins, int adminsWaitingMax) {
    static final Setting<Integer> READERS =
            Setting.integer("storeReaderThreads", 4).between(1, 64);
    static final Setting<Integer> READS_WAITING_MAX =
            Setting.integer("storeReaderQueueCapacity", 10_000).between(1, 1_000_000);
    static final Setting<Integer> ADMINS = Setting.integer("adminThreads", 2).between(1, 64);
    static final Setting<Integer> ADMINS_WAITING_MAX =
            Setting.integer("adminQueueCapacity", 10_000).between(1, 1_000_000);

    /** All keys of this record. */
    static final List<Setting<?>> SETTINGS = List.of(READERS, READS_WAITING_MAX, ADMINS, ADMINS_WAITING_MAX);

    static ThreadsConfig from(Settings settings) {
        return new ThreadsConfig(
                settings.get(READERS),
                settings.get(READS_WAITING_MAX),
                settings.get(ADMINS),
                settings.get(ADMINS_WAITING_MAX));
    }
}
