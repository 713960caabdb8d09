package io.ternmq.broker.store;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a store lies and how its files are cut. A store that is already there keeps the sizes its files have.
 *
 * @param root directory of all that the store keeps; key {@code storePathRootDir}, default {@code store} in the home
 *     directory
 * @param commitLog directory of the log; key {@code storePathCommitLog}, default the directory
 *     "commitlog" in the root
 * @param segmentBytes length of a new log file; key {@code mappedFileSizeCommitLog}, default 1 GiB
 * @param queueFileBytes length of a new queue file, a multiple of 20; key {@code mappedFileSizeConsumeQueue}, default
 *     6000000, rounded up
 */
public record StoreConfig(
        Path root,
        Path commitLog,
        int segmentBytes,
        int queueFileBytes,
        FlushConfig flush,
        IndexConfig index,
        RetentionConfig retention,
        StoreLimits limits) {
    /** Length of a queue entry, which queue files must be a multiple of. */
    public static final int QUEUE_ENTRY_BYTES = 20;

    static final Setting<String> ROOT = Setting.text("storePathRootDir", "");
    static final Setting<String> COMMIT_LOG = Setting.text("storePathCommitLog", "");
    static final Setting<Integer> SEGMENT =
            Setting.integer("mappedFileSizeCommitLog", 1 << 30).between(4096, Integer.MAX_VALUE);
    static final Setting<Integer> QUEUE_FILE = Setting.integer(
                    "mappedFileSizeConsumeQueue", 300_000 * QUEUE_ENTRY_BYTES)
            .between(QUEUE_ENTRY_BYTES, 1 << 30);

    public static StoreConfig from(Settings settings) {
        Path root = settings.text(ROOT.key())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), "store"));
        int queueFileBytes = settings.get(QUEUE_FILE);
        return new StoreConfig(
                root,
                settings.text(COMMIT_LOG.key()).map(Path::of).orElseGet(() -> root.resolve("commitlog")),
                settings.get(SEGMENT),
                (queueFileBytes + QUEUE_ENTRY_BYTES - 1) / QUEUE_ENTRY_BYTES * QUEUE_ENTRY_BYTES,
                FlushConfig.from(settings),
                IndexConfig.from(settings),
                RetentionConfig.from(settings),
                StoreLimits.from(settings));
    }

    /** Every key of the store, for reference pages and checks of keys. */
    public static List<Setting<?>> declared() {
        List<Setting<?>> all = new ArrayList<>(List.of(ROOT, COMMIT_LOG, SEGMENT, QUEUE_FILE));
        all.addAll(FlushConfig.declared());
        all.addAll(IndexConfig.declared());
        all.addAll(RetentionConfig.declared());
        all.addAll(StoreLimits.declared());
        return List.copyOf(all);
    }
}
