package io.ternmq.broker.store;

import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.PropertyString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;

/** Makes stored messages for tests. */
public final class Records {
    private Records() {}

    /** A message with these properties. */
    public static MessageRecord with(Map<String, String> properties) {
        return of(PropertyString.of(properties));
    }

    /** A message with this property string. */
    public static MessageRecord of(String properties) {
        InetSocketAddress host = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        MessageRecordEncoder encoder = new MessageRecordEncoder(256);
        encoder.clear()
                .begin(0, 0, 0, host, host)
                .origin(0, 0, 0)
                .body(ByteBuffer.wrap(new byte[] {'a', 1, '2', 2}))
                .end("T", properties);
        MessageRecord record = new MessageRecord();
        if (!record.wrap(encoder.buffer(), 0, encoder.length())) {
            throw new IllegalArgumentException("no record with these properties");
        }
        return record;
    }
}
