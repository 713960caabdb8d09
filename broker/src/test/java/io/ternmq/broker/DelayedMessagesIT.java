package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.pull.PullFlags;
import io.ternmq.remoting.protocol.pull.PullRequest;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.server.RequestRouter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delay levels of a whole broker, over a socket and on a disk. */
final class DelayedMessagesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final RemotingClient client = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
    private Broker broker;

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        client.close();
        if (broker != null) {
            broker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASYNC_FLUSH", "SYNC_FLUSH"})
    void messageComesToItsQueueWhenItIsDue(String flush) throws IOException {
        start(Map.of("flushDiskType", flush));
        assertThat(send(1, "now").queueOffset()).isZero();

        SendAnswer sent = send(1, "DELAY\u00011\u0002", "later");

        assertThat(sent.queueId()).isEqualTo(1);
        List<MessageRecord> records = await().atMost(TIMEOUT).until(() -> stored(1), found -> found.size() == 2);
        MessageRecord delayed = records.get(1);
        assertThat(text(delayed)).isEqualTo("later");
        assertThat(delayed.queueOffset()).isEqualTo(1);
        long sentMillis = delayed.bornMillis();
        assertThat(delayed.storeMillis() - sentMillis).isBetween(1000L, 5000L);
    }

    @Test
    void deliveryGoesOnAfterARestartAndRepeatsNothing() throws IOException {
        start(Map.of());
        send(0, "DELAY\u00011\u0002", "before");
        send(0, "DELAY\u00012\u0002", "after");
        await().atMost(TIMEOUT).until(() -> stored(0).size() == 1);

        broker.close();
        start(Map.of());

        await().atMost(TIMEOUT).until(() -> stored(0).size() == 2);
        assertThat(stored(0)).extracting(DelayedMessagesIT::text).containsExactly("before", "after");
    }

    @Test
    void clientsCannotReachTheTopicWhereMessagesWait() throws IOException {
        start(Map.of());

        Reply reply = client.call(
                        address(), SendRpcs.SEND_MESSAGE_V2, request("SCHEDULE_TOPIC_XXXX", 0, "", "x"), TIMEOUT)
                .join();

        assertThat(reply.code()).isEqualTo(ResponseCode.NO_PERMISSION);
    }

    private void start(Map<String, String> more) throws IOException {
        Settings settings = Settings.of(Map.of(
                "brokerName", "broker-a",
                "brokerIP1", "127.0.0.1",
                "bindAddress", "127.0.0.1",
                "listenPort", "0",
                "vipChannelEnable", "false",
                "mappedFileSizeCommitLog", "1048576",
                "messageDelayLevel", "1s 5s",
                "storePathRootDir", directory.resolve("store").toString()));
        for (Map.Entry<String, String> entry : more.entrySet()) {
            settings = settings.with(entry.getKey(), entry.getValue());
        }
        broker = Broker.start(BrokerConfig.from(settings), Clock.system());
    }

    private SendAnswer send(int queueId, String body) {
        return send(queueId, "", body);
    }

    private SendAnswer send(int queueId, String properties, String body) {
        Reply reply = client.call(address(), SendRpcs.SEND_MESSAGE_V2, request("T", queueId, properties, body), TIMEOUT)
                .join();
        assertThat(reply.code()).isEqualTo(ResponseCode.SUCCESS);
        return reply.decode(SendRpcs.SEND_MESSAGE_V2);
    }

    private static SendRequest request(String topic, int queueId, String properties, String body) {
        return new SendRequest(
                "PG",
                topic,
                "TBW102",
                4,
                queueId,
                0,
                Clock.system().wallMillis(),
                0,
                properties,
                0,
                false,
                OptionalInt.empty(),
                false,
                Optional.empty(),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    private List<MessageRecord> stored(int queueId) {
        PullRequest pull = new PullRequest(
                "G",
                "T",
                queueId,
                0,
                32,
                PullFlags.SUBSCRIPTION,
                0,
                0,
                Optional.of("*"),
                0,
                Optional.of("TAG"),
                OptionalInt.empty(),
                Optional.empty());
        Reply reply =
                client.call(address(), PullRpcs.PULL_MESSAGE, pull, TIMEOUT).join();
        List<MessageRecord> records = new ArrayList<>();
        ByteBuffer bytes = reply.body();
        while (reply.code() == ResponseCode.SUCCESS && bytes.hasRemaining()) {
            MessageRecord record = new MessageRecord();
            assertThat(record.wrap(bytes)).isTrue();
            records.add(record);
            bytes.position(bytes.position() + record.size());
        }
        return records;
    }

    private static String text(MessageRecord record) {
        return StandardCharsets.UTF_8.decode(record.body()).toString();
    }

    private String address() {
        return "127.0.0.1:" + broker.port();
    }
}
