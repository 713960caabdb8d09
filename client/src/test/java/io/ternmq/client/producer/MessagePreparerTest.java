package io.ternmq.client.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.SendGateway.Kind;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.SystemFlags;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.protocol.ResponseCode;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class MessagePreparerTest {
    private static final int COMPRESS_OVER = 4_096;

    private final MessagePreparer preparer = new MessagePreparer(
            SendSettings.of(config()), new UniqueIds(new byte[4], 1, 2, new FakeClock(), ZoneOffset.UTC));

    @Test
    void uniqueIdIsAddedToTheTextAndNotToTheMessage() throws MQClientException {
        Message message = new Message("T", "TagA", new byte[] {1});

        Outgoing outgoing = preparer.prepare(message);

        assertThat(outgoing.properties())
                .isEqualTo("TAGS\u0001TagA\u0002UNIQ_KEY\u0001" + outgoing.uniqueId() + "\u0002");
        assertThat(message.getProperty(MessageProperties.UNIQUE_KEY)).isNull();
    }

    @Test
    void firstHalfOfATransactionAndReplyAreFlaggedAsTheWireWants() throws MQClientException {
        Message half = messageWith(MessageProperties.TRANSACTION_PREPARED, "true");
        Message reply = messageWith(MessageProperties.MESSAGE_TYPE, "reply");

        assertThat(preparer.prepare(half).sysFlag()).isEqualTo(SystemFlags.TRANSACTION_PREPARED);
        assertThat(preparer.prepare(half).kind()).isEqualTo(Kind.MESSAGE);
        assertThat(preparer.prepare(reply).kind()).isEqualTo(Kind.REPLY);
        assertThat(preparer.prepare(reply).sysFlag()).isZero();
    }

    // Such properties are put by the SDK itself, not by applications.
    private static Message messageWith(String property, String value) {
        return new Message("T", new byte[] {1}) {
            @Override
            public String getProperty(String name) {
                return name.equals(property) ? value : super.getProperty(name);
            }
        };
    }

    @Test
    void sameMessageSentTwiceGetsTwoIds() throws MQClientException {
        Message message = new Message("T", new byte[] {1});

        assertThat(preparer.prepare(message).uniqueId())
                .isNotEqualTo(preparer.prepare(message).uniqueId());
    }

    @Test
    void bodyFromTheThresholdOnIsCompressedAndFlaggedAsZlib() throws Exception {
        byte[] below = new byte[COMPRESS_OVER - 1];
        byte[] at = new byte[COMPRESS_OVER];

        Outgoing plain = preparer.prepare(new Message("T", below));
        Outgoing compressed = preparer.prepare(new Message("T", at));

        assertThat(plain.sysFlag()).isZero();
        assertThat(plain.bodyBytes()).isEqualTo(below.length);
        assertThat(compressed.sysFlag()).isEqualTo(SystemFlags.COMPRESSED | SystemFlags.COMPRESSION_ZLIB);
        assertThat(inflated(compressed.body(), at.length)).isEqualTo(at);
    }

    @Test
    void bodyThatCompressionWouldNotMakeSmallerGoesAsItIs() throws MQClientException {
        byte[] random = new byte[100_000];
        new Random(1).nextBytes(random);

        Outgoing outgoing = preparer.prepare(new Message("T", random));

        assertThat(outgoing.sysFlag()).isZero();
        assertThat(outgoing.body()).isEqualTo(ByteBuffer.wrap(random));
    }

    @Test
    void batchIsOneBodyAndNotCompressed() throws MQClientException {
        Message first = new Message("T", new byte[COMPRESS_OVER]);
        Message second = new Message("T", new byte[] {2});

        Outgoing outgoing = preparer.prepare(List.of(first, second));

        assertThat(outgoing.kind()).isEqualTo(Kind.BATCH);
        assertThat(outgoing.sysFlag()).isZero();
        assertThat(outgoing.properties()).isEmpty();
        assertThat(outgoing.uniqueId().split(",", -1)).hasSize(2);
    }

    @Test
    void batchThatDoesNotWaitSaysSoForAll() throws MQClientException {
        Message message = new Message("T", new byte[] {1});
        message.setWaitStoreMsgOK(false);

        assertThat(preparer.prepare(List.of(message)).properties()).isEqualTo("WAIT\u0001false\u0002");
    }

    @Test
    void messageThatCannotBeSentIsRefusedBeforeAnythingIsSent() {
        assertRefused(null, ResponseCode.MESSAGE_ILLEGAL, "null");
        assertRefused(new Message("T", null), ResponseCode.MESSAGE_ILLEGAL, "no body");
        assertRefused(new Message("T", new byte[0]), ResponseCode.MESSAGE_ILLEGAL, "no body");
        assertRefused(
                new Message("T", new byte[4 * 1024 * 1024 + 1]), ResponseCode.MESSAGE_ILLEGAL, "4194305 bytes, limit");
        assertRefused(new Message(null, new byte[1]), -1, "null");
        assertRefused(new Message("", new byte[1]), -1, "empty");
        assertRefused(new Message("a b", new byte[1]), -1, "not allowed");
        assertRefused(new Message("x".repeat(128), new byte[1]), -1, "128 characters");
        assertRefused(new Message("SCHEDULE_TOPIC_XXXX", new byte[1]), -1, "brokers only");
    }

    @Test
    void messagesThatCannotTravelTogetherAreRefused() {
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(
                        () -> preparer.prepare(List.of(new Message("T", new byte[1]), new Message("U", new byte[1]))))
                .withMessageContaining("T and U");
        assertThatExceptionOfType(MQClientException.class).isThrownBy(() -> preparer.prepare(List.of()));
    }

    private void assertRefused(Message message, int code, String text) {
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(() -> preparer.prepare(message))
                .withMessageContaining(text)
                .extracting(MQClientException::getResponseCode)
                .isEqualTo(code);
    }

    private static byte[] inflated(ByteBuffer body, int length) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body.duplicate());
            byte[] target = new byte[length];
            assertThat(inflater.inflate(target)).isEqualTo(length);
            return target;
        } finally {
            inflater.end();
        }
    }

    private static ProducerConfig config() {
        return new DefaultMQProducer("G");
    }
}
