package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import io.ternmq.common.config.StartFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BrokerConfigTest {

    @Test
    void operatorsKeysMeanWhatTheyMeanElsewhere() {
        BrokerConfig config = BrokerConfig.from(Settings.of(Map.of(
                "brokerName", "broker-a",
                "brokerClusterName", "C1",
                "listenPort", "12345",
                "brokerIP1", "10.0.0.1",
                "namesrvAddr", "a:9876; b:9876",
                "autoCreateTopicEnable", "FALSE")));

        assertThat(config.identity().name()).isEqualTo("broker-a");
        assertThat(config.identity().cluster()).isEqualTo("C1");
        assertThat(config.identity().replicaPort()).isEqualTo(12346);
        assertThat(config.server().port()).isEqualTo(12345);
        assertThat(config.route().nameServers()).containsExactly("a:9876", "b:9876");
        assertThat(config.topics().isAutoCreated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "listenPort, 70000",
        "listenPort, x",
        "brokerName, a b",
        "brokerId, 1",
        "brokerRole, SLAVE",
        "brokerRole, SYNC_MASTER",
        "flushDiskType, SOMETIMES",
        "namesrvAddr, localhost",
        "namesrvAddr, host:99999",
        "brokerPermission, 8",
        "autoCreateTopicEnable, perhaps",
    })
    void badValueIsRefusedWithKeyValueAndWhatWasExpected(String key, String value) {
        assertThatThrownBy(() -> BrokerConfig.from(Settings.empty().with(key, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value)
                .hasMessageContaining("expected");
    }

    @Test
    void everyKeyIsDescribedWithTheValueInForce() {
        BrokerConfig config = BrokerConfig.from(Settings.empty());

        assertThat(config.describe()).containsOnlyKeys(BrokerConfig.DECLARED.keys());
        assertThat(config.describe())
                .containsEntry("listenPort", "10911")
                .containsEntry("haListenPort", "10912")
                .containsEntry("defaultTopicQueueNums", "8");
        assertThat(config.describe().get("brokerName")).isNotEmpty();
    }

    @Test
    void noChangeableKeyNamesAPath() {
        assertThat(BrokerConfig.DECLARED.refusalOf(Settings.empty().with("storePathRootDir", "/x")))
                .isPresent();
        assertThat(BrokerConfig.DECLARED.refusalOf(Settings.empty().with("storePathCommitLog", "/x")))
                .isPresent();
    }

    @Test
    void keyHasAnEffectOrHasNone() throws IOException {
        assertThat(KeysWithoutEffect.read())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(BrokerConfig.DECLARED.keys())
                .doesNotHaveDuplicates();
    }

    @Test
    void commandLineIsStrongerThanFileAndFileThanEnvironment(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("b.conf"), "namesrvAddr=file:1\nbrokerName=b\n");
        Map<String, String> environment = Map.of("NAMESRV_ADDR", "environment:1");

        StartSettings all = StartSettings.read(StartFlags.parse("-c", file.toString(), "-n", "line:1"), environment);
        StartSettings fromFile = StartSettings.read(StartFlags.parse("-c", file.toString()), environment);
        StartSettings fromEnvironment = StartSettings.read(StartFlags.parse(), environment);

        assertThat(all.settings().text("namesrvAddr")).contains("line:1");
        assertThat(all.settings().text("brokerName")).contains("b");
        assertThat(all.file()).isEqualTo(file);
        assertThat(fromFile.settings().text("namesrvAddr")).contains("file:1");
        assertThat(fromEnvironment.settings().text("namesrvAddr")).contains("environment:1");
    }

    @Test
    void fileThatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> StartSettings.read(StartFlags.parse("-c", "/no/such.conf"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such.conf");
    }
}
