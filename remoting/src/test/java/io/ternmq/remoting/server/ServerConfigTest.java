package io.ternmq.remoting.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerConfigTest {

    @Test
    void defaultsAreThoseOfTheProtocol() {
        ServerConfig config = ServerConfig.from(Settings.empty(), 10_911);

        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.port()).isEqualTo(10_911);
        assertThat(config.backlog()).isEqualTo(1024);
        assertThat(config.limits().idleMax()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.limits().frameBytesMax()).isEqualTo(16 * 1024 * 1024);
    }

    @Test
    void keysAreRead() {
        ServerConfig config = ServerConfig.from(
                Settings.of(Map.of(
                        "listenPort", "0",
                        "bindAddress", "127.0.0.1",
                        "serverChannelMaxIdleTimeSeconds", "5",
                        "frameMaxLength", "4096",
                        "connectionRequestsMax", "7",
                        "serverCloseWaitMillis", "250")),
                10_911);

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isZero();
        assertThat(config.limits().idleMax()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.limits().frameBytesMax()).isEqualTo(4096);
        assertThat(config.limits().requestsMax()).isEqualTo(7);
        assertThat(config.closeWaitMax()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void theHighMarkFollowsALowMarkSetAboveIt() {
        ServerConfig config = ServerConfig.from(Settings.of(Map.of("writeBufferLowWaterMark", "9000000")), 1);

        assertThat(config.limits().writeLow()).isEqualTo(9_000_000);
        assertThat(config.limits().writeHigh()).isEqualTo(9_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "listenPort, 65536",
        "listenPort, -1",
        "serverSocketBacklog, 0",
        "serverChannelMaxIdleTimeSeconds, 0",
        "frameMaxLength, 1023",
        "connectionRequestsMax, 0",
        "connectionRequestBytesMax, 0",
        "serverAsyncSemaphoreValue, many"
    })
    void aBadValueIsRefusedWithItsKey(String key, String value) {
        assertThatThrownBy(() -> ServerConfig.from(Settings.of(Map.of(key, value)), 1))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    @Test
    void everyKeyIsListedOnce() {
        assertThat(ServerConfig.settings().stream().map(Setting::key))
                .doesNotHaveDuplicates()
                .hasSize(11);
    }
}
