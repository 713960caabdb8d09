package io.ternmq.broker.pull;

import io.ternmq.broker.store.ReadRequest;
import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How much one pull is given and how long it may wait.
 *
 * @param isLongPolling whether a pull that finds nothing waits as long as it asks to; key {@code longPollingEnable},
 *     default true
 * @param shortHold how long it waits otherwise; key {@code shortPollingTimeMills}, default 1000 ms
 * @param longHoldMax the longest wait granted, whatever a pull asks for; key {@code maxSuspendTimeMills}, default 60 s
 * @param bytesMax bytes of one answer, but for a first message that is longer; key
 *     {@code maxTransferBytesOnMessageInMemory}, default 256 KiB
 * @param countMax messages of one answer; key {@code maxTransferCountOnMessageInMemory}, default 32
 * @param diskBytesMax bytes of one answer, as above, of what is likely no longer in memory; key
 *     {@code maxTransferBytesOnMessageInDisk}, default 64 KiB
 * @param diskCountMax messages of it; key {@code maxTransferCountOnMessageInDisk}, default 8
 * @param waitingMax pulls that may wait at one time; key {@code maxWaitingPullCount}, default 100000
 * @param isLitePullAllowed whether code 361 is served; key {@code litePullMessageEnable}, default true
 * @param isReplicaSuggested whether readers that are far behind are told to read from the broker id that their group's
 *     configuration names; key {@code slaveReadEnable}, default false
 */
public record PullConfig(
        boolean isLongPolling,
        Duration shortHold,
        Duration longHoldMax,
        int bytesMax,
        int countMax,
        int diskBytesMax,
        int diskCountMax,
        int waitingMax,
        boolean isLitePullAllowed,
        boolean isReplicaSuggested) {
    static final Setting<Boolean> LONG_POLLING =
            Setting.flag("longPollingEnable", true).changeable();
    static final Setting<Duration> SHORT_HOLD =
            Setting.millis("shortPollingTimeMills", 1_000).between(10, 60_000).changeable();
    static final Setting<Duration> LONG_HOLD_MAX = Setting.millis("maxSuspendTimeMills", 60_000)
            .between(1_000, 600_000)
            .changeable();
    static final Setting<Integer> BYTES_MAX = Setting.integer("maxTransferBytesOnMessageInMemory", 256 * 1024)
            .between(1024, 8 * 1024 * 1024)
            .changeable();
    static final Setting<Integer> COUNT_MAX = Setting.integer("maxTransferCountOnMessageInMemory", 32)
            .between(1, 1024)
            .changeable();
    static final Setting<Integer> DISK_BYTES_MAX = Setting.integer("maxTransferBytesOnMessageInDisk", 64 * 1024)
            .between(1024, 8 * 1024 * 1024)
            .changeable();
    static final Setting<Integer> DISK_COUNT_MAX = Setting.integer("maxTransferCountOnMessageInDisk", 8)
            .between(1, 1024)
            .changeable();
    static final Setting<Integer> WAITING_MAX =
            Setting.integer("maxWaitingPullCount", 100_000).between(1, 10_000_000);
    static final Setting<Boolean> LITE_PULL_ALLOWED =
            Setting.flag("litePullMessageEnable", true).changeable();
    static final Setting<Boolean> REPLICA_SUGGESTED =
            Setting.flag("slaveReadEnable", false).changeable();

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(
            LONG_POLLING,
            SHORT_HOLD,
            LONG_HOLD_MAX,
            BYTES_MAX,
            COUNT_MAX,
            DISK_BYTES_MAX,
            DISK_COUNT_MAX,
            WAITING_MAX,
            LITE_PULL_ALLOWED,
            REPLICA_SUGGESTED);

    public static PullConfig from(Settings settings) {
        return new PullConfig(
                settings.get(LONG_POLLING),
                settings.get(SHORT_HOLD),
                settings.get(LONG_HOLD_MAX),
                settings.get(BYTES_MAX),
                settings.get(COUNT_MAX),
                settings.get(DISK_BYTES_MAX),
                settings.get(DISK_COUNT_MAX),
                settings.get(WAITING_MAX),
                settings.get(LITE_PULL_ALLOWED),
                settings.get(REPLICA_SUGGESTED));
    }

    /** The same question with the limits for what is likely no longer in memory. */
    ReadRequest onDisk(ReadRequest request) {
        return new ReadRequest(
                request.queue(),
                request.offset(),
                Math.min(request.countMax(), diskCountMax),
                Math.min(request.bytesMax(), diskBytesMax),
                request.filter());
    }
}
