package io.ternmq.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.StoreConfig;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.engine.LocalMessageStore;
import io.ternmq.common.config.Settings;
import io.ternmq.common.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker makes of registries that are missing, damaged, or do not agree with its log. */
final class DamagedRegistriesIT {
    private static final String VERSION = "{\"dataVersion\":{\"counter\":2,\"stateVersion\":0,\"timestamp\":1},";

    @TempDir
    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        Files.createDirectories(config(""));
    }

    @Test
    void aBrokerKilledInItsFirstSecondsHasNoRegistriesAndStarts() throws IOException {
        store("T", 3);

        startAndStop();

        assertThat(read("topics.json")).contains("\"T\"");
        assertThat(config("consumerOffset.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics.json", "subscriptionGroup.json", "consumerOffset.json", "delayOffset.json"})
    void bothDamagedStopsTheStartWithALineThatNamesBoth(String name) throws IOException {
        Files.writeString(config(name), VERSION.substring(0, 20));
        Files.write(config(name + ".bak"), new byte[100]); // zeros, as a lost page reads

        assertThatThrownBy(this::startAndStop)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(config(name) + " is damaged")
                .hasMessageContaining(config(name + ".bak") + " is damaged")
                .message()
                .doesNotContain("\n");
        assertThat(Files.readString(config(name))).isEqualTo(VERSION.substring(0, 20)); // left to whoever repairs it
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics.json", "subscriptionGroup.json", "consumerOffset.json", "delayOffset.json"})
    void damagedWithoutABackupStopsTheStart(String name) throws IOException {
        Files.write(config(name), new byte[0]);

        assertThatThrownBy(this::startAndStop).hasMessageContaining("there is no backup");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theBackupIsUsedForAConsumerOffsetFileThatIsDamagedOrMissing(boolean isMissing) throws IOException {
        store("T", 3);
        if (!isMissing) {
            Files.writeString(config("consumerOffset.json"), "{\"offsetTable\":{\"T@G\":{0:");
        }
        Files.writeString(config("consumerOffset.json.bak"), VERSION + "\"offsetTable\":{'T@G':{0:99}}}");

        startAndStop();

        // It was taken in, or it could not have been lowered to the queue's end.
        assertThat(read("consumerOffset.json").replaceAll("\\s", "")).contains("\"T@G\":{0:3}");
    }

    @Test
    void queuesWithoutATopicGetItBackWithAsManyQueuesAsThereAreNumbers() throws IOException {
        store("Lost", 1);
        store("Known", 1);
        Files.writeString(
                config("topics.json"),
                VERSION + "\"topicConfigTable\":{\"Known\":{\"topicName\":\"Known\",\"perm\":6,"
                        + "\"readQueueNums\":9,\"writeQueueNums\":9}}}");

        startAndStop();

        String topics = read("topics.json").replaceAll("\\s", "");
        assertThat(topics).containsPattern("\"Lost\":.*?\"readQueueNums\":6.*?\"writeQueueNums\":6");
        assertThat(topics).containsPattern("\"Known\":.*?\"readQueueNums\":9");
    }

    @Test
    void offsetsAboveAQueuesEndAreLoweredBeforeAnythingIsAppended() throws IOException {
        store("T", 3);
        Files.writeString(
                config("consumerOffset.json"),
                VERSION + "\"offsetTable\":{\"T@G\":{0:2,5:7},\"T@H\":{0:4},\"Gone@G\":{0:1}}}");
        Files.writeString(config("delayOffset.json"), VERSION + "\"offsetTable\":{1:5}}");

        startAndStop();

        String offsets = read("consumerOffset.json").replaceAll("\\s", "");
        assertThat(offsets)
                .contains("\"T@G\":{0:2,5:3}")
                .contains("\"T@H\":{0:3}")
                .contains("\"Gone@G\":{0:0}");
        assertThat(read("delayOffset.json").replaceAll("\\s", "")).contains("{1:0,");
    }

    private void startAndStop() throws IOException {
        Broker.start(BrokerConfig.from(settings()), Clock.system()).close();
    }

    // In queues 0 and 5.
    private void store(String topic, int count) {
        InetSocketAddress host = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        try (LocalMessageStore store =
                LocalMessageStore.open(StoreConfig.from(settings()), host, Clock.system(), List.of())) {
            for (int i = 0; i < count; i++) {
                for (int queueId : new int[] {0, 5}) {
                    store.append(
                                    List.of(new MessageDraft(
                                            topic,
                                            queueId,
                                            0,
                                            0,
                                            1,
                                            host,
                                            0,
                                            0,
                                            "",
                                            ByteBuffer.wrap("m".getBytes(UTF_8)))),
                                    true)
                            .join();
                }
            }
        }
        try (LocalMessageStore store =
                LocalMessageStore.open(StoreConfig.from(settings()), host, Clock.system(), List.of())) {
            assertThat(store.range(new TopicQueue(topic, 5)).maxOffset()).isEqualTo(count);
        }
    }

    private Settings settings() {
        return Settings.of(Map.of(
                "brokerName", "broker-a",
                "brokerIP1", "127.0.0.1",
                "bindAddress", "127.0.0.1",
                "listenPort", "0",
                "vipChannelEnable", "false",
                "mappedFileSizeCommitLog", "1048576",
                "storePathRootDir", directory.resolve("store").toString()));
    }

    private Path config(String name) {
        return directory.resolve("store/config").resolve(name);
    }

    private String read(String name) throws IOException {
        return Files.readString(config(name));
    }
}
