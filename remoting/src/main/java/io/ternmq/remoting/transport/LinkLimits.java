package io.ternmq.remoting.transport;

import io.ternmq.remoting.frame.FrameCodec;
import java.time.Duration;

/**
 * What one connection may take up.
 *
 * @param frameBytesMax largest frame taken and sent, its length field included
 * @param idleMax a connection on which nothing has moved for this long is closed
 * @param requestsMax requests of the peer that may await our answer; at the limit nothing more is read
 * @param requestBytesMax bytes that the bodies of those may have together; at the limit nothing more is read
 * @param callsMax calls of ours that may await the peer's answer
 * @param writeLow unsent bytes below which a clogged connection is read again
 * @param writeHigh unsent bytes above which a connection is clogged: nothing more is read
 */
public record LinkLimits(
        int frameBytesMax,
        Duration idleMax,
        int requestsMax,
        long requestBytesMax,
        int callsMax,
        int writeLow,
        int writeHigh) {
    private static final LinkLimits DEFAULTS = new LinkLimits(
            FrameCodec.FRAME_BYTES_MAX,
            Duration.ofMinutes(2),
            16_384,
            64L * 1024 * 1024,
            65_535,
            512 * 1024,
            1024 * 1024);

    /**
     * The values of the protocol where it has them. Each queue that a consumer waits on is one request that awaits its
     * answer, hence many are allowed.
     */
    public static LinkLimits defaults() {
        return DEFAULTS;
    }

    public LinkLimits withFrameBytesMax(int value) {
        return new LinkLimits(value, idleMax, requestsMax, requestBytesMax, callsMax, writeLow, writeHigh);
    }

    public LinkLimits withIdleMax(Duration value) {
        return new LinkLimits(frameBytesMax, value, requestsMax, requestBytesMax, callsMax, writeLow, writeHigh);
    }

    public LinkLimits withRequestsMax(int value) {
        return new LinkLimits(frameBytesMax, idleMax, value, requestBytesMax, callsMax, writeLow, writeHigh);
    }

    public LinkLimits withRequestBytesMax(long value) {
        return new LinkLimits(frameBytesMax, idleMax, requestsMax, value, callsMax, writeLow, writeHigh);
    }

    public LinkLimits withCallsMax(int value) {
        return new LinkLimits(frameBytesMax, idleMax, requestsMax, requestBytesMax, value, writeLow, writeHigh);
    }

    public LinkLimits withWriteMarks(int low, int high) {
        return new LinkLimits(frameBytesMax, idleMax, requestsMax, requestBytesMax, callsMax, low, high);
    }
}
