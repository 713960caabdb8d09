package io.ternmq.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.group.GroupOutcome.Refusal;
import io.ternmq.common.config.Settings;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.protocol.group.GroupConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsumerGroupsTest {
    private final FakeClock clock = new FakeClock();
    private Settings settings = Settings.empty();

    @TempDir
    private Path directory;

    @Test
    void groupComesToBeByBeingUsedAndIsThereAfterARestart() throws IOException {
        ConsumerGroups groups = load();

        GroupConfig made = done(groups.findOrCreate("G"));

        assertThat(made).isEqualTo(GroupConfig.withDefaults("G"));
        assertThat(groups.find("G")).contains(made);
        assertThat(load().find("G")).contains(made);
    }

    @Test
    void switchedOffCreationIsRefusedByTheNameOfItsSwitchButNotToTheSystemsOwn() throws IOException {
        settings = settings.with("autoCreateSubscriptionGroup", "false");
        ConsumerGroups groups = load();

        GroupOutcome.Refused refused = refused(groups.findOrCreate("G"));

        assertThat(refused.reason()).isEqualTo(Refusal.UNKNOWN);
        assertThat(refused.detail()).contains("G").contains("autoCreateSubscriptionGroup=false");
        assertThat(done(groups.findOrCreate("CID_RMQ_SYS_x"))).isNotNull();
    }

    @Test
    void badNamesAreRefused() throws IOException {
        assertThat(refused(load().findOrCreate("a b")).reason()).isEqualTo(Refusal.BAD_NAME);
        assertThat(refused(load().findOrCreate("")).reason()).isEqualTo(Refusal.BAD_NAME);
    }

    @Test
    void atTheLimitNoGroupIsAdded() throws IOException {
        settings = settings.with("maxGroupCount", "16");
        ConsumerGroups groups = load();
        for (int number = 0; number < 16; number++) {
            done(groups.findOrCreate("G" + number));
        }

        assertThat(refused(groups.findOrCreate("OneTooMany")).reason()).isEqualTo(Refusal.TABLE_FULL);
        assertThat(done(groups.update(GroupConfig.withDefaults("G1")))).isNotNull();
    }

    @Test
    void deletedGroupIsGoneAlsoAfterARestart() throws IOException {
        ConsumerGroups groups = load();
        done(groups.findOrCreate("G"));

        done(groups.delete("G"));
        done(groups.delete("NeverThere"));

        assertThat(groups.find("G")).isEmpty();
        assertThat(load().find("G")).isEmpty();
    }

    @Test
    void tableThatCannotBeSavedStaysAsItWas() throws IOException {
        ConsumerGroups groups = load();
        Files.createDirectory(directory.resolve("subscriptionGroup.json.tmp"));

        assertThat(refused(groups.findOrCreate("G")).reason()).isEqualTo(Refusal.NOT_SAVED);
        assertThat(groups.find("G")).isEmpty();
    }

    @Test
    void severalGroupsAreMadeInOneChange() throws IOException {
        ConsumerGroups groups = load();
        long before = groups.table().version().counter();

        assertThat(groups.ensureAll(List.of(GroupConfig.withDefaults("A"), GroupConfig.withDefaults("B")))
                        .toCompletableFuture()
                        .join())
                .isEmpty();

        assertThat(groups.table().groups()).extracting(GroupConfig::name).containsExactly("A", "B");
        assertThat(groups.table().version().counter()).isEqualTo(before + 1);
    }

    @Test
    void whatOnlyOtherReleasesKnowIsKeptAtTheNextSave() throws IOException {
        String theirs = "{\"dataVersion\":{\"counter\":4,\"stateVersion\":0,\"timestamp\":9},"
                + "\"forbiddenTable\":{\"G\":{\"T\":4},\"Gone\":{\"U\":4}},"
                + "\"subscriptionGroupTable\":{\"G\":{\"groupName\":\"G\",\"newInSix\":{\"a\":[1,2]},"
                + "\"subscriptionDataSet\":[{\"topic\":\"T\"}]},\"Gone\":{\"groupName\":\"Gone\"}}}";
        Files.writeString(directory.resolve("subscriptionGroup.json"), theirs);

        ConsumerGroups groups = load();
        done(groups.findOrCreate("Other"));
        done(groups.delete("Gone"));

        JsonObject saved = JsonObject.parse(Files.readString(directory.resolve("subscriptionGroup.json")));
        assertThat(saved.object("forbiddenTable")).hasToString("{\"G\":{\"T\":4}}");
        JsonObject group = saved.object("subscriptionGroupTable").object("G");
        assertThat(group.object("newInSix")).hasToString("{\"a\":[1,2]}");
        assertThat(group.array("subscriptionDataSet").values()).hasSize(1);
        assertThat(group.int32("retryMaxTimes")).isEqualTo(16);
        assertThat(groups.table().forbidden()).hasToString("{\"G\":{\"T\":4}}");
    }

    private ConsumerGroups load() throws IOException {
        return ConsumerGroups.load(
                new GroupsFile(directory.resolve("subscriptionGroup.json"), clock),
                Runnable::run,
                () -> GroupsConfig.from(settings),
                clock);
    }

    private static GroupConfig done(CompletionStage<GroupOutcome> stage) {
        return stage.toCompletableFuture().join().fold(GroupOutcome.Done::group, refused -> {
            throw new AssertionError(refused);
        });
    }

    private static GroupOutcome.Refused refused(CompletionStage<GroupOutcome> stage) {
        return stage.toCompletableFuture()
                .join()
                .fold(
                        done -> {
                            throw new AssertionError(done);
                        },
                        refused -> refused);
    }
}
