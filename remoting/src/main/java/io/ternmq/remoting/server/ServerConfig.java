package io.ternmq.remoting.server;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import io.ternmq.remoting.frame.FrameCodec;
import io.ternmq.remoting.transport.LinkLimits;
import java.time.Duration;
import java.util.List;

/**
 * Where a server listens and what its connections may take up.
 *
 * @param host address to listen on; key {@code bindAddress}, default all of this machine's
 * @param port port to listen on, 0 for one that the system chooses; key {@code listenPort}, given its default by the server
 * @param backlog connections that may wait to be accepted; key {@code serverSocketBacklog}, default 1024
 * @param limits what one connection may take up; keys {@code serverChannelMaxIdleTimeSeconds} (default 120),
 *     {@code frameMaxLength} (default 16 MiB), {@code writeBufferLowWaterMark}, {@code writeBufferHighWaterMark},
 *     {@code connectionRequestsMax}, {@code connectionRequestBytesMax}, {@code serverAsyncSemaphoreValue}
 * @param closeWaitMax how long {@link RemotingServer#close} waits for requests that are being processed; key
 *     {@code serverCloseWaitMillis}, default 1000
 */
public record ServerConfig(String host, int port, int backlog, LinkLimits limits, Duration closeWaitMax) {
    private static final int PORT_MAX = 65_535;
    private static final LinkLimits DEFAULT_LIMITS = LinkLimits.defaults().withCallsMax(256);

    static final Setting<String> HOST = Setting.text("bindAddress", "0.0.0.0");
    static final Setting<Integer> PORT = Setting.integer("listenPort", 0).between(0, PORT_MAX);
    static final Setting<Integer> BACKLOG =
            Setting.integer("serverSocketBacklog", 1024).between(1, PORT_MAX);
    static final Setting<Integer> IDLE_SECONDS = Setting.integer("serverChannelMaxIdleTimeSeconds", 120)
            .between(1, Duration.ofDays(1).toSeconds());
    static final Setting<Integer> FRAME_BYTES_MAX =
            Setting.integer("frameMaxLength", FrameCodec.FRAME_BYTES_MAX).between(1024, 1024 * 1024 * 1024);
    static final Setting<Integer> WRITE_LOW = Setting.integer("writeBufferLowWaterMark", DEFAULT_LIMITS.writeLow())
            .between(0, Integer.MAX_VALUE);
    static final Setting<Integer> WRITE_HIGH = Setting.integer("writeBufferHighWaterMark", DEFAULT_LIMITS.writeHigh())
            .between(0, Integer.MAX_VALUE);
    static final Setting<Integer> REQUESTS_MAX = Setting.integer("connectionRequestsMax", DEFAULT_LIMITS.requestsMax())
            .between(1, 1_000_000);
    static final Setting<Long> REQUEST_BYTES_MAX = Setting.number(
                    "connectionRequestBytesMax", DEFAULT_LIMITS.requestBytesMax())
            .between(1, Long.MAX_VALUE);
    static final Setting<Integer> CALLS_MAX = Setting.integer("serverAsyncSemaphoreValue", DEFAULT_LIMITS.callsMax())
            .between(1, PORT_MAX);
    static final Setting<Duration> CLOSE_WAIT_MAX =
            Setting.millis("serverCloseWaitMillis", 1000).between(0, 60_000);

    /** All keys read by {@link #from}, for reference pages and for telling unknown keys. */
    public static List<Setting<?>> settings() {
        return List.of(
                HOST,
                PORT,
                BACKLOG,
                IDLE_SECONDS,
                FRAME_BYTES_MAX,
                WRITE_LOW,
                WRITE_HIGH,
                REQUESTS_MAX,
                REQUEST_BYTES_MAX,
                CALLS_MAX,
                CLOSE_WAIT_MAX);
    }

    /**
     * Reads the settings.
     *
     * @param defaultPort where to listen if {@code listenPort} is not given
     * @throws io.ternmq.common.config.SettingException if a value is not valid
     */
    public static ServerConfig from(Settings settings, int defaultPort) {
        int low = settings.get(WRITE_LOW);
        int high = Math.max(low, settings.get(WRITE_HIGH)); // operators used to set only the one they care about
        LinkLimits limits = new LinkLimits(
                settings.get(FRAME_BYTES_MAX),
                Duration.ofSeconds(settings.get(IDLE_SECONDS)),
                settings.get(REQUESTS_MAX),
                settings.get(REQUEST_BYTES_MAX),
                settings.get(CALLS_MAX),
                low,
                high);
        return new ServerConfig(
                settings.get(HOST),
                settings.get(PORT.withDefault(defaultPort)),
                settings.get(BACKLOG),
                limits,
                settings.get(CLOSE_WAIT_MAX));
    }

    /** All defaults, on this machine's loopback address only and a port that the system chooses; for tests. */
    public static ServerConfig local() {
        return from(Settings.empty(), 0).withHost("127.0.0.1");
    }

    public ServerConfig withHost(String value) {
        return new ServerConfig(value, port, backlog, limits, closeWaitMax);
    }

    public ServerConfig withPort(int value) {
        return new ServerConfig(host, value, backlog, limits, closeWaitMax);
    }

    public ServerConfig withLimits(LinkLimits value) {
        return new ServerConfig(host, port, backlog, value, closeWaitMax);
    }

    public ServerConfig withCloseWaitMax(Duration value) {
        return new ServerConfig(host, port, backlog, limits, value);
    }
}
