package io.ternmq.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentSettingsTest {
    private static final List<String> KEYS = List.of("flushDiskType", "listenPort");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TERNMQ_BROKER_FLUSH_DISK_TYPE",
                "TERNMQ_BROKER_FLUSHDISKTYPE",
                "TERNMQ_BROKER_flushDiskType",
                "TERNMQ_BROKER__FlushDisk_Type"
            })
    void keyIsFoundInAnyCaseAndWithAnyUnderscores(String variable) {
        Settings read = EnvironmentSettings.read("TERNMQ_BROKER_", KEYS, Map.of(variable, "SYNC_FLUSH"));

        assertThat(read.asMap()).containsExactly(Map.entry("flushDiskType", "SYNC_FLUSH"));
    }

    @Test
    void othersVariablesAreNoSettings() {
        Map<String, String> environment = Map.of(
                "PATH", "/bin", "TERNMQ_NAMESRV_LISTEN_PORT", "1", "TERNMQ_BROKER_", "2", "ternmq_broker_x", "3");

        assertThat(EnvironmentSettings.read("TERNMQ_BROKER_", KEYS, environment).asMap())
                .isEmpty();
    }

    @Test
    void unknownKeyKeepsItsSpellingToBeReported() {
        Settings read = EnvironmentSettings.read("TERNMQ_BROKER_", KEYS, Map.of("TERNMQ_BROKER_LISTEN_PORTS", "1"));

        assertThat(new KnownKeys(KEYS, List.of()).unknownIn(read)).containsExactly("LISTEN_PORTS");
    }
}
