package io.ternmq.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.topic.TopicOutcome.Refusal;
import io.ternmq.common.config.Settings;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicsTest {
    private final FakeClock clock = new FakeClock();
    private final List<String> heard = new ArrayList<>();
    private Settings settings = Settings.empty();

    @TempDir
    private Path directory;

    @Test
    void topicIsMadeInTheImageOfTheTemplateWithTheSmallerNumberOfQueues() throws IOException {
        Topics topics = withTemplate();

        TopicConfig few = done(topics.createFrom("TBW102", "Few", 4));
        TopicConfig many = done(topics.createFrom("TBW102", "Many", 100));

        assertThat(few).isEqualTo(TopicConfig.of("Few", 4, Permission.READ_WRITE));
        assertThat(many).isEqualTo(TopicConfig.of("Many", 8, Permission.READ_WRITE));
        assertThat(topics.find("Few")).contains(few);
    }

    @Test
    void topicThatExistsByThenStaysAsItIs() throws IOException {
        Topics topics = withTemplate();
        done(topics.createFrom("TBW102", "T", 4));

        assertThat(done(topics.createFrom("TBW102", "T", 2)).writeQueues()).isEqualTo(4);
    }

    @Test
    void unknownTemplateIsRefused() throws IOException {
        Topics topics = withTemplate();
        done(topics.createFrom("TBW102", "NotInheritable", 1));

        assertThat(refused(topics.createFrom("Nowhere", "T", 4)).detail()).contains("Nowhere");
        assertThat(refused(topics.createFrom("NotInheritable", "T", 4)).reason())
                .isEqualTo(Refusal.UNKNOWN);
    }

    @Test
    void switchedOffCreationIsRefusedByTheNameOfItsSwitch() throws IOException {
        Topics topics = withTemplate();
        settings = settings.with("autoCreateTopicEnable", "false");

        TopicOutcome.Refused refused = refused(topics.createFrom("TBW102", "T", 4));

        assertThat(refused.reason()).isEqualTo(Refusal.UNKNOWN);
        assertThat(refused.detail()).contains("autoCreateTopicEnable=false").contains("T");
        assertThat(topics.find("T")).isEmpty();
    }

    @Test
    void badNamesAndValuesAreRefused() throws IOException {
        Topics topics = withTemplate();

        assertThat(refused(topics.createFrom("TBW102", "a b", 4)).reason()).isEqualTo(Refusal.BAD_NAME);
        assertThat(refused(topics.update("T", present -> TopicConfig.of("T", 0)))
                        .reason())
                .isEqualTo(Refusal.BAD_VALUE);
        assertThat(refused(topics.update("T", present -> TopicConfig.of("T", Topics.QUEUES_MAX + 1)))
                        .reason())
                .isEqualTo(Refusal.BAD_VALUE);
        assertThat(refused(topics.update("T", present -> TopicConfig.of("T", 1, 8)))
                        .reason())
                .isEqualTo(Refusal.BAD_VALUE);
        assertThat(refused(topics.update("TBW102", present -> TopicConfig.of("TBW102", 1)))
                        .reason())
                .isEqualTo(Refusal.RESERVED);
        assertThat(refused(topics.delete("TBW102")).reason()).isEqualTo(Refusal.RESERVED);
    }

    @Test
    void atTheLimitNoTopicIsAddedButThoseThereCanChange() throws IOException {
        settings = settings.with("maxTopicCount", "16");
        Topics topics = withTemplate();
        for (int number = 1; number < 16; number++) {
            String name = "T" + number;
            done(topics.update(name, present -> TopicConfig.of(name, 1)));
        }

        assertThat(refused(topics.createFrom("TBW102", "OneTooMany", 1)).reason())
                .isEqualTo(Refusal.TABLE_FULL);
        assertThat(done(topics.update("T1", present -> TopicConfig.of("T1", 2))).writeQueues())
                .isEqualTo(2);
    }

    @Test
    void changesAreThereAfterARestartAndTheVersionHasGrown() throws IOException {
        Topics topics = withTemplate();
        long before = topics.version().counter();
        done(topics.createFrom("TBW102", "T", 4));

        Topics again = load();

        assertThat(again.find("T")).isEqualTo(topics.find("T"));
        assertThat(again.version()).isEqualTo(topics.version());
        assertThat(again.version().counter()).isEqualTo(before + 1);
    }

    @Test
    void listenersHearOfChangesThatAreOnDiskAndTheMakerWaitsForThem() throws IOException {
        Topics topics = withTemplate();
        CompletableFuture<Void> told = new CompletableFuture<>();
        topics.listen(new TopicListener() {
            @Override
            public CompletionStage<Void> changed(TopicConfig topic) {
                heard.add("changed " + topic.name() + " saved "
                        + load().find(topic.name()).isPresent());
                return told;
            }

            @Override
            public void deleted(String topic) {
                heard.add("deleted " + topic);
            }
        });

        CompletableFuture<TopicOutcome> outcome =
                topics.createFrom("TBW102", "T", 4).toCompletableFuture();

        assertThat(heard).containsExactly("changed T saved true");
        assertThat(outcome).isNotDone();
        told.complete(null);
        assertThat(outcome).isCompleted();

        done(topics.delete("T"));
        assertThat(heard).containsExactly("changed T saved true", "deleted T");
        assertThat(load().find("T")).isEmpty();
    }

    @Test
    void tableThatCannotBeSavedStaysAsItWas() throws IOException {
        Topics topics = withTemplate();
        Files.createDirectory(directory.resolve("topics.json.tmp")); // in the way of the next write

        TopicOutcome.Refused refused = refused(topics.createFrom("TBW102", "T", 4));

        assertThat(refused.reason()).isEqualTo(Refusal.NOT_SAVED);
        assertThat(refused.detail()).contains("topics.json");
        assertThat(topics.find("T")).isEmpty();
    }

    @Test
    void topicWhoseDeletionAListenerObjectsToStaysAsSaved() throws IOException {
        Topics topics = withTemplate();
        done(topics.createFrom("TBW102", "T", 4));
        topics.listen(new TopicListener() {
            @Override
            public CompletionStage<Void> changed(TopicConfig topic) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public Optional<String> objectionToDeleting(String topic) {
                return Optional.of("the disk is gone");
            }

            @Override
            public void deleted(String topic) {
                heard.add("deleted " + topic);
            }
        });

        TopicOutcome.Refused refused = refused(topics.delete("T"));

        assertThat(refused.reason()).isEqualTo(Refusal.NOT_DELETABLE);
        assertThat(refused.detail()).contains("T").contains("the disk is gone");
        assertThat(topics.find("T")).isPresent();
        assertThat(load().find("T")).isPresent();
        assertThat(heard).isEmpty();
    }

    @Test
    void fullLaneIsSaidToBeBusy() throws IOException {
        Topics topics = Topics.load(
                new TopicsFile(directory.resolve("topics.json"), clock),
                task -> {
                    throw new RejectedExecutionException("full");
                },
                this::config,
                clock);

        assertThat(refused(topics.createFrom("TBW102", "T", 4)).reason()).isEqualTo(Refusal.BUSY);
    }

    @Test
    void damagedFileIsReplacedByItsBackupAndTwoDamagedOnesStopTheStart() throws IOException {
        Topics topics = withTemplate();
        done(topics.createFrom("TBW102", "T", 4));
        done(topics.createFrom("TBW102", "U", 4));
        Path file = directory.resolve("topics.json");

        Files.writeString(file, "{\"topicConfigTable\":{");
        assertThat(load().find("T")).isPresent();

        Files.writeString(directory.resolve("topics.json.bak"), "");
        assertThatThrownBy(this::loadOrThrow)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("topics.json")
                .hasMessageContaining("topics.json.bak");
    }

    @Test
    void fileOfAnOfficialBrokerIsRead() throws IOException {
        Files.writeString(
                directory.resolve("topics.json"),
                "{\"dataVersion\":{\"counter\":7,\"stateVersion\":0,\"timestamp\":1700000000000},"
                        + "\"topicConfigTable\":{\"T\":{\"attributes\":{\"+message.type\":\"FIFO\"},\"order\":true,\"perm\":4,"
                        + "\"readQueueNums\":3,\"topicFilterType\":\"SINGLE_TAG\",\"topicName\":\"T\",\"topicSysFlag\":1,"
                        + "\"writeQueueNums\":2}}}");

        TopicConfig topic = load().find("T").orElseThrow();

        assertThat(topic.readQueues()).isEqualTo(3);
        assertThat(topic.writeQueues()).isEqualTo(2);
        assertThat(topic.permission()).isEqualTo(Permission.READ);
        assertThat(topic.isOrdered()).isTrue();
        assertThat(load().version().counter()).isEqualTo(7);
    }

    @Test
    void severalTopicsAreMadeInOneChange() throws IOException {
        Topics topics = load();
        long before = topics.version().counter();

        assertThat(topics.ensureAll(List.of(TopicConfig.of("A", 1), TopicConfig.of("B", 1)))
                        .toCompletableFuture()
                        .join())
                .isEmpty();

        assertThat(topics.all()).containsOnlyKeys("A", "B");
        assertThat(topics.version().counter()).isEqualTo(before + 1);
        assertThat(topics.ensureAll(List.of(TopicConfig.of("A", 5)))
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(topics.find("A")).contains(TopicConfig.of("A", 1));
        assertThat(topics.version().counter()).isEqualTo(before + 1);
    }

    private Topics withTemplate() {
        Topics topics = load();
        topics.ensure(TopicConfig.of("TBW102", 8, Permission.ALL))
                .toCompletableFuture()
                .join();
        return topics;
    }

    private Topics load() {
        try {
            return loadOrThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Topics loadOrThrow() throws IOException {
        return Topics.load(new TopicsFile(directory.resolve("topics.json"), clock), Runnable::run, this::config, clock);
    }

    private TopicsConfig config() {
        return TopicsConfig.from(settings);
    }

    private static TopicConfig done(CompletionStage<TopicOutcome> stage) {
        return stage.toCompletableFuture().join().fold(TopicOutcome.Done::topic, refused -> {
            throw new AssertionError(refused);
        });
    }

    private static TopicOutcome.Refused refused(CompletionStage<TopicOutcome> stage) {
        return stage.toCompletableFuture()
                .join()
                .fold(
                        done -> {
                            throw new AssertionError(done);
                        },
                        refused -> refused);
    }
}
