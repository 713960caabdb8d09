package io.ternmq.benchmark.floor;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * An answer but for the opaque. Its header is JSON, which every client reads, and lies around its opaque:
 *
 * <pre>
 * {"code":0, ... ,"opaque":   the number   ,"serializeTypeCurrentRPC":"JSON","version":479}
 * </pre>
 *
 * Used by any thread.
 */
final class CannedAnswer {
    private static final byte[] AFTER_OPAQUE = ascii(",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}");

    private static final byte[] NOTHING = {};

    /** To codes 10, 310 and 320: stored, at the beginning of the first queue. */
    static final CannedAnswer STORED = new CannedAnswer(
            header(
                    0,
                    "\"extFields\":{\"msgId\":\"7F00000100002A9F0000000000000000\",\"queueId\":\"0\",\"queueOffset\":\"0\"},"),
            NOTHING);

    /** To codes 34 and 35, a client's coming and going. */
    static final CannedAnswer DONE = new CannedAnswer(header(0, ""), NOTHING);

    /** To all that the floor does not know: code 3. */
    static final CannedAnswer UNKNOWN_CODE = new CannedAnswer(header(3, ""), NOTHING);

    /** To code 105: every topic has four queues, on one broker. */
    static CannedAnswer route(String brokerAddress) {
        return new CannedAnswer(
                header(0, ""),
                ascii("{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"" + brokerAddress
                        + "\"},\"brokerName\":\"floor\",\"cluster\":\"floor\"}],\"filterServerTable\":{},"
                        + "\"queueDatas\":[{\"brokerName\":\"floor\",\"perm\":6,\"readQueueNums\":4,\"topicSysFlag\":0,"
                        + "\"writeQueueNums\":4}]}"));
    }

    private final byte[] beforeOpaque;
    private final byte[] body;

    private CannedAnswer(byte[] beforeOpaque, byte[] body) {
        this.beforeOpaque = beforeOpaque;
        this.body = body;
    }

    /**
     * Appends a whole frame.
     *
     * @param source holds the opaque as decimal digits
     * @param from index of the first of them
     * @param count of them
     */
    void writeTo(ByteBuf out, ByteBuf source, int from, int count) {
        int headerBytes = beforeOpaque.length + count + AFTER_OPAQUE.length;
        out.writeInt(Integer.BYTES + headerBytes + body.length);
        out.writeInt(headerBytes); // the topmost byte, 0, says that the header is JSON
        out.writeBytes(beforeOpaque);
        out.writeBytes(source, from, count);
        out.writeBytes(AFTER_OPAQUE);
        out.writeBytes(body);
    }

    private static byte[] header(int code, String fields) {
        return ascii("{\"code\":" + code + "," + fields + "\"flag\":1,\"language\":\"JAVA\",\"opaque\":");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
