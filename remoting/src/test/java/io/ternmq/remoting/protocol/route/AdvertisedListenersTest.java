package io.ternmq.remoting.protocol.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdvertisedListenersTest {
    @Test
    void textIsReadInItsOrderAndWrittenAgain() {
        AdvertisedListeners read =
                AdvertisedListeners.parse(" outside://127.0.0.1:10911 , inside://broker-a:10911,v6://[::1]:1");

        assertThat(read).hasToString("outside://127.0.0.1:10911,inside://broker-a:10911,v6://[::1]:1");
        assertThat(read.first()).contains("127.0.0.1:10911");
        assertThat(read.addressFor(Optional.of("inside"))).contains("broker-a:10911");
        assertThat(read.addressFor(Optional.of("other"))).isEmpty();
        assertThat(read.addressFor(Optional.empty())).isEmpty();
    }

    @Test
    void nothingIsNoListeners() {
        assertThat(AdvertisedListeners.parse(" ")).isEqualTo(AdvertisedListeners.none());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:1",
                "in://a",
                "in://a:0",
                "in://a:65536",
                "in://:1",
                "in://a:1,",
                "in://a:1,in://b:1",
                "in side://a:1",
                "in://a b:1",
                "://a:1"
            })
    void whatIsNoListOfListenersIsNotRead(String text) {
        assertThat(AdvertisedListeners.read(text)).isEmpty();
    }

    @Test
    void thereAreSixteenAtMost() {
        assertThat(AdvertisedListeners.read(listeners(AdvertisedListeners.LISTENERS_MAX)))
                .isPresent();
        assertThat(AdvertisedListeners.read(listeners(AdvertisedListeners.LISTENERS_MAX + 1)))
                .isEmpty();
    }

    private static String listeners(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i + "://h:1").collect(Collectors.joining(","));
    }
}
