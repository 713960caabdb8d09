package io.ternmq.broker.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.MessageRecordEncoder;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.message.RecordForm;
import io.ternmq.common.message.StoredHost;
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
        StoredHost host = StoredHost.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        ByteBuffer body = ByteBuffer.wrap(new byte[] {'a', 1, '2', 2});
        byte[] topic = {'T'};
        MessageRecordEncoder encoder = new MessageRecordEncoder(256);
        encoder.add(new RecordForm(0, 0, 0, 0, host, host, 0, 0, body, topic, properties.getBytes(UTF_8)));
        MessageRecord record = new MessageRecord();
        if (!record.wrap(encoder.buffer(), 0, encoder.length())) {
            throw new IllegalArgumentException("no record with these properties");
        }
        return record;
    }
}
