package io.ternmq.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
    private final KnownKeys keys =
            new KnownKeys(List.of("listenPort", "brokerName", "flushDiskType"), List.of("useEpollNativeSelector"));

    @Test
    void keysAreToldApart() {
        Settings settings = Settings.of(Map.of("listenPort", "1", "listenprt", "2", "useEpollNativeSelector", "true"));

        assertThat(keys.unknownIn(settings)).containsExactly("listenprt");
        assertThat(keys.withoutEffectIn(settings)).containsExactly("useEpollNativeSelector");
    }

    @Test
    void theNearestNameIsWithinAThirdOfTheWord() {
        List<String> names = List.of("listenPort", "brokerName", "flushDiskType");

        assertThat(NearestName.of("listenprt", names)).contains("listenPort");
        assertThat(NearestName.of("BROKERNAME", names)).contains("brokerName");
        assertThat(NearestName.of("flushDisk", names)).isEmpty();
        assertThat(NearestName.of("zzz", names)).isEmpty();
        assertThat(NearestName.of("", names)).isEmpty();
    }
}
