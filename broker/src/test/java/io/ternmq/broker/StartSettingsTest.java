package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.config.StartFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartSettingsTest {
    @TempDir
    Path directory;

    @Test
    void variablesAreWeakerThanTheFileAndTheCommandLineIsStrongest() throws IOException {
        Path file = Files.writeString(directory.resolve("broker.conf"), "flushDiskType=SYNC_FLUSH\n");
        Map<String, String> environment = Map.of(
                "NAMESRV_ADDR", "a:1",
                "TERNMQ_BROKER_NAMESRV_ADDR", "b:2",
                "TERNMQ_BROKER_FLUSH_DISK_TYPE", "ASYNC_FLUSH",
                "TERNMQ_BROKER_BROKER_NAME", "broker-x");

        StartSettings fromFile = StartSettings.read(StartFlags.parse("-c", file.toString()), environment);
        StartSettings fromFlag = StartSettings.read(StartFlags.parse("-c", file.toString(), "-n", "c:3"), environment);

        assertThat(fromFile.settings().asMap())
                .containsEntry("flushDiskType", "SYNC_FLUSH")
                .containsEntry("brokerName", "broker-x")
                .containsEntry("namesrvAddr", "b:2");
        assertThat(fromFlag.settings().asMap()).containsEntry("namesrvAddr", "c:3");
    }

    @Test
    void changesThatWereSavedAreFoundInTheStoreThatAVariableNames() throws IOException {
        Path saved = directory.resolve("config").resolve("broker.properties");
        Files.createDirectories(saved.getParent());
        Files.writeString(saved, "brokerPermission=4\n");

        StartSettings read = StartSettings.read(
                StartFlags.parse(), Map.of("TERNMQ_BROKER_STORE_PATH_ROOT_DIR", directory.toString()));

        assertThat(read.file()).isEqualTo(saved);
        assertThat(read.settings().asMap()).containsEntry("brokerPermission", "4");
    }

    @Test
    void noTwoKeysAreTheSameInTheSpellingOfVariables() {
        Set<String> plain = new HashSet<>();

        assertThat(BrokerConfig.DECLARED.keys())
                .allMatch(key -> plain.add(key.replace("_", "").toLowerCase(Locale.ROOT)));
    }
}
