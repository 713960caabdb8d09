package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.seeds.Seeds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageRecordTest {
    private static final String V4_RECORD = "00000082daa320a73610a6860000000200000003000000000000000500000000000004d2"
            + "000000000000018bcfe568000a000009000015b30000018bcfe5687b0a00000100002a9f0000000100000000000000000000000568"
            + "656c6c6f09546f70696354657374001975017602544147530154616741024b455953016b31206b3202";
    private static final String V6_RECORD = "0000009adaa320a73610a6860000000200000003000000000000000500000000000004d2"
            + "000000300000018bcfe5680020010db8000000000000000000000009000015b30000018bcfe5687b20010db8000000000000000000"
            + "00000100002a9f0000000100000000000000000000000568656c6c6f09546f70696354657374001975017602544147530154616741"
            + "024b455953016b31206b3202";
    private static final String PROPERTIES = "u\u0001v\u0002TAGS\u0001TagA\u0002KEYS\u0001k1 k2\u0002";

    private final MessageRecord record = new MessageRecord();
    private final MessageRecordEncoder encoder = new MessageRecordEncoder(16);

    @Test
    void readsEveryFieldOfAKnownRecord() {
        assertThat(record.wrap(hex(V4_RECORD))).isTrue();

        assertKnownMessage();
        assertThat(record.size()).isEqualTo(130);
        assertThat(record.sysFlag()).isZero();
        assertThat(record.bornHost()).isEqualTo(host("10.0.0.9", 5555));
        assertThat(record.storeHost()).isEqualTo(host("10.0.0.1", 10911));
    }

    @Test
    void readsEveryFieldOfAKnownRecordWithLongAddresses() {
        assertThat(record.wrap(hex(V6_RECORD))).isTrue();

        assertKnownMessage();
        assertThat(record.size()).isEqualTo(154);
        assertThat(record.sysFlag()).isEqualTo(SystemFlags.BORN_HOST_V6 | SystemFlags.STORE_HOST_V6);
        assertThat(record.bornHost()).isEqualTo(host("2001:db8::9", 5555));
        assertThat(record.storeHost()).isEqualTo(host("2001:db8::1", 10911));
    }

    @Test
    void writesTheKnownRecordByteForByte() {
        assertThat(encoded(host("10.0.0.9", 5555), host("10.0.0.1", 10911))).isEqualTo(V4_RECORD);
    }

    @Test
    void writesTheKnownRecordWithLongAddressesByteForByte() {
        assertThat(encoded(host("2001:db8::9", 5555), host("2001:db8::1", 10911)))
                .isEqualTo(V6_RECORD);
    }

    @Test
    void aTopicOver127BytesTakesTheSecondForm() {
        for (int length : new int[] {127, 128, 255, 3000}) {
            String topic = "t".repeat(length);

            encode(topic, "", new byte[3]);

            assertThat(record.wrap(encoder.buffer(), 0, encoder.length())).isTrue();
            assertThat(record.magic()).isEqualTo(length > 127 ? MessageRecord.MAGIC_V2 : MessageRecord.MAGIC_V1);
            assertThat(record.topic()).isEqualTo(topic);
        }
    }

    @Test
    void aTopicIsMeasuredInBytesNotInCharacters() {
        String topic = "\u00e4".repeat(64); // 128 bytes

        encode(topic, "", new byte[0]);

        assertThat(record.wrap(encoder.buffer(), 0, encoder.length())).isTrue();
        assertThat(record.magic()).isEqualTo(MessageRecord.MAGIC_V2);
        assertThat(record.topic()).isEqualTo(topic);
    }

    @Test
    void aRecordWrittenInPlaceIsNoneBeforeItsSizeIsThere() {
        RecordForm form = form("TopicTest", PROPERTIES, ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer target = ByteBuffer.allocate(form.size() + 7);

        form.write(target, 7, 5, 1234, 1_700_000_000_123L);

        assertThat(record.wrap(target, 7, form.size())).isFalse();

        form.writeSize(target, 7);

        assertThat(record.wrap(target, 7, form.size())).isTrue();
        assertThat(record.isIntact()).isTrue();
        assertThat(record.size()).isEqualTo(form.size());
        assertThat(record.queueOffset()).isEqualTo(5);
        assertThat(record.position()).isEqualTo(1234);
        assertThat(record.storeMillis()).isEqualTo(1_700_000_000_123L);
        assertThat(form.body().remaining()).isEqualTo(5); // not moved
    }

    @Test
    void theChecksumIsTheSameForEveryKindOfMemory() {
        byte[] bytes = "xxhelloxx".getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length)
                .put(0, bytes)
                .position(2)
                .limit(7);
        ByteBuffer part = ByteBuffer.wrap(bytes).position(1).slice().position(1).limit(6);

        for (ByteBuffer body : List.of(direct, part, part.asReadOnlyBuffer())) {
            int position = body.position();
            encoder.clear().add(form("TopicTest", PROPERTIES, body));
            assertThat(record.wrap(encoder.buffer(), 0, encoder.length())).isTrue();
            assertThat(record.bodyCrc()).isEqualTo(907060870);
            assertThat(body.position()).isEqualTo(position);
        }
    }

    @Test
    void aBodyThatChangedIsNotIntact() {
        ByteBuffer bytes = hex(V4_RECORD);
        assertThat(record.wrap(bytes) && record.isBodyIntact()).isTrue();

        int lastOfBody = bytes.capacity() - 2 - 25 - 10 - 1;
        bytes.put(lastOfBody, (byte) 'x');

        assertThat(record.wrap(bytes)).isTrue();
        assertThat(record.isBodyIntact()).isFalse();
    }

    @Test
    void noPrefixOfARecordIsARecord() {
        byte[] whole = HexFormat.of().parseHex(V6_RECORD);
        for (int length = 0; length < whole.length; length++) {
            assertThat(record.wrap(ByteBuffer.wrap(whole, 0, length))).isFalse();
        }
    }

    @Test
    void aRecordCutInPlaceIsNoneWhateverIsLeftOfIt() {
        byte[] whole = HexFormat.of().parseHex(V4_RECORD);
        for (int kept = 0; kept < whole.length; kept++) {
            byte[] torn = new byte[whole.length];
            System.arraycopy(whole, 0, torn, 0, kept);

            boolean isIntact = record.wrap(ByteBuffer.wrap(torn)) && record.isIntact();

            assertThat(isIntact).as("kept %s bytes", kept).isFalse();
        }
    }

    @Seeds(count = 200)
    void whateverIsEncodedIsReadBack(long seed) {
        Random random = new Random(seed);
        encoder.clear();
        int count = 1 + random.nextInt(4);
        String[] topics = new String[count];
        String[] properties = new String[count];
        byte[][] bodies = new byte[count][];
        for (int i = 0; i < count; i++) {
            topics[i] = text(random, 1 + random.nextInt(200));
            properties[i] = text(random, random.nextInt(400));
            bodies[i] = new byte[random.nextInt(5000)];
            random.nextBytes(bodies[i]);
            encoder.add(form(topics[i], properties[i], ByteBuffer.wrap(bodies[i])));
        }

        int at = 0;
        for (int i = 0; i < count; i++) {
            MessageRecordEncoder.stamp(encoder.buffer(), at, i, at + 7, 1000L + i);

            assertThat(record.wrap(encoder.buffer(), at, encoder.length() - at)).isTrue();
            assertThat(record.isBodyIntact()).isTrue();
            assertThat(record.topic()).isEqualTo(topics[i]);
            assertThat(record.properties()).isEqualTo(properties[i]);
            assertThat(record.body()).isEqualTo(ByteBuffer.wrap(bodies[i]));
            assertThat(record.queueOffset()).isEqualTo(i);
            assertThat(record.position()).isEqualTo(at + 7);
            assertThat(record.storeMillis()).isEqualTo(1000L + i);
            at += record.size();
        }
        assertThat(at).isEqualTo(encoder.length());
    }

    @Seeds(count = 200)
    void damagedBytesAreNeverReadBeyondTheirEnd(long seed) {
        Random random = new Random(seed);
        byte[] bytes = HexFormat.of().parseHex(random.nextBoolean() ? V4_RECORD : V6_RECORD);
        for (int i = 0; i < 100; i++) {
            int at = random.nextInt(bytes.length);
            byte was = bytes[at];
            bytes[at] = (byte) random.nextInt();
            // Exactly as long as the record: reading beyond it would throw.
            if (record.wrap(ByteBuffer.wrap(bytes))) {
                assertThat(record.body().remaining()).isLessThan(bytes.length);
                assertThat(record.topic().length() + record.properties().length())
                        .isLessThan(bytes.length);
                assertThat(record.bornHost()).isNotNull();
            }
            bytes[at] = random.nextInt(4) == 0 ? bytes[at] : was;
        }
    }

    private void assertKnownMessage() {
        assertThat(record.isBodyIntact()).isTrue();
        assertThat(record.magic()).isEqualTo(MessageRecord.MAGIC_V1);
        assertThat(record.bodyCrc()).isEqualTo(907060870);
        assertThat(record.queueId()).isEqualTo(2);
        assertThat(record.flag()).isEqualTo(3);
        assertThat(record.queueOffset()).isEqualTo(5);
        assertThat(record.position()).isEqualTo(1234);
        assertThat(record.bornMillis()).isEqualTo(1_700_000_000_000L);
        assertThat(record.storeMillis()).isEqualTo(1_700_000_000_123L);
        assertThat(record.reconsumeTimes()).isEqualTo(1);
        assertThat(record.preparedPosition()).isZero();
        assertThat(StandardCharsets.UTF_8.decode(record.body()).toString()).isEqualTo("hello");
        assertThat(record.topic()).isEqualTo("TopicTest");
        assertThat(record.properties()).isEqualTo(PROPERTIES);
        assertThat(record.tagsHash()).isEqualTo("TagA".hashCode());
    }

    private String encoded(InetSocketAddress born, InetSocketAddress store) {
        ByteBuffer body = ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8));
        encoder.clear()
                .add(new RecordForm(
                        2,
                        3,
                        0,
                        1_700_000_000_000L,
                        StoredHost.of(born),
                        StoredHost.of(store),
                        1,
                        0,
                        body,
                        utf8("TopicTest"),
                        utf8(PROPERTIES)));
        MessageRecordEncoder.stamp(encoder.buffer(), 0, 5, 1234, 1_700_000_000_123L);
        return HexFormat.of().formatHex(encoder.buffer().array(), 0, encoder.length());
    }

    private void encode(String topic, String properties, byte[] body) {
        encoder.clear().add(form(topic, properties, ByteBuffer.wrap(body)));
    }

    private static RecordForm form(String topic, String properties, ByteBuffer body) {
        return new RecordForm(
                2,
                3,
                0,
                1,
                StoredHost.of(host("10.0.0.9", 5555)),
                StoredHost.of(host("10.0.0.1", 10911)),
                0,
                0,
                body,
                utf8(topic),
                utf8(properties));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Random random, int length) {
        String letters = "abcXYZ019%_-|\u0001\u0002\u00e4\u20ac";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits));
    }

    private static InetSocketAddress host(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
