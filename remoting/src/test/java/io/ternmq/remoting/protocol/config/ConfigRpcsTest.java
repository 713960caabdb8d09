package io.ternmq.remoting.protocol.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.config.Settings;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigRpcsTest {
    private static final ConfigText TEXT =
            new ConfigText(Settings.of(Map.of("brokerPermission", "6", "brokerName", "é")));
    private static final String LINES = "brokerName=é\nbrokerPermission=6\n";

    @Test
    void keysAndValuesAreLines() {
        Golden.assertBothWays(ConfigRpcs.UPDATE_BROKER_CONFIG.request(), TEXT, "{}", LINES);
        Golden.assertBothWays(ConfigRpcs.UPDATE_NAMESRV_CONFIG.request(), TEXT, "{}", LINES);
        Golden.assertBothWays(ConfigRpcs.GET_NAMESRV_CONFIG.response(), TEXT, "{}", LINES);
        Golden.assertBothWays(
                ConfigRpcs.GET_BROKER_CONFIG.response(),
                new BrokerConfigAnswer(new DataVersion(0, 2, 1), TEXT),
                "{\"version\":\"{\\\"counter\\\":1,\\\"stateVersion\\\":0,\\\"timestamp\\\":2}\"}",
                LINES);
    }

    @Test
    void aBrokenEscapeIsRefused() {
        assertThatThrownBy(() ->
                        ConfigRpcs.UPDATE_BROKER_CONFIG.request().decode(HeaderFields.empty(), Golden.bytes("a=\\u12")))
                .isInstanceOf(ProtocolException.class);
    }
}
