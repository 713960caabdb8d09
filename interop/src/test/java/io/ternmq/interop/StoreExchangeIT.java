package io.ternmq.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.ClientLibrary;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Sent;
import io.ternmq.interop.servers.RunningCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One store directory, used by the one make of broker, then by the other, then by the first again: all that was stored is
 * there, byte for byte, and what is sent then goes on where the other has ended. In long runs: one exchange is three starts
 * of a broker and takes a minute and a half. Other runs hold the formats to fixed bytes, in the tests of the store.
 */
@EnabledIfSystemProperty(named = "ternmq.long", matches = "true")
@ExtendWith(TestbedExtension.class)
class StoreExchangeIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** Small files, so that each sequence has several; the index of the official broker takes 420 MB otherwise. */
    private static final Map<String, String> SETTINGS = Map.of(
            "mappedFileSizeCommitLog", Integer.toString(1 << 20),
            "mappedFileSizeConsumeQueue", Integer.toString(50 * 20),
            "maxHashSlotNum", "5000",
            "maxIndexNum", "20000",
            "flushConsumerOffsetInterval", "1000");

    /** How each broker but the last ends. */
    enum Ending {
        STOPPED,
        KILLED
    }

    /** What happens to queues, index and checkpoint between two brokers. */
    enum Derived {
        KEPT,
        REMOVED
    }

    /**
     * One exchange.
     *
     * @param first the make that begins, and is the last one too
     * @param second the other
     * @param ending of the first two brokers
     * @param derived data, kept or not
     */
    record Exchange(Pairing.Servers first, Pairing.Servers second, Ending ending, Derived derived) {
        static Stream<Exchange> all() {
            return Stream.of(Pairing.Servers.values())
                    .flatMap(first -> Stream.of(Pairing.Servers.values())
                            .filter(second -> second != first)
                            .flatMap(second -> Stream.of(Ending.values())
                                    .flatMap(ending -> Stream.of(Derived.values())
                                            .map(derived -> new Exchange(first, second, ending, derived)))));
        }
    }

    static Stream<Exchange> exchanges() {
        return Exchange.all();
    }

    private final Testbed testbed;
    private final ClientLibrary client;
    private final Path directory;

    StoreExchangeIT(Testbed testbed) {
        this.testbed = testbed;
        client = testbed.client(Pairing.Client.OFFICIAL_550);
        directory = testbed.emptyDirectory(testbed.fresh("exchange"));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void eachMakeServesAndContinuesWhatTheOtherStored(Exchange exchange) {
        StoreContent stored = run(exchange.first(), exchange.ending(), tenant -> {
            tenant.moveIn();
            tenant.send("first");
            tenant.commit(7);
            return tenant.look();
        });
        prepare(exchange.derived());

        StoreContent continued = run(exchange.second(), exchange.ending(), tenant -> {
            awaitSame(tenant, stored);
            assertContinues(tenant.send("second"), stored);
            tenant.commit(11);
            return tenant.look();
        });
        prepare(exchange.derived());

        run(exchange.first(), Ending.STOPPED, tenant -> {
            awaitSame(tenant, continued);
            assertContinues(tenant.send("third"), continued);
            return tenant.look();
        });
    }

    private StoreContent run(Pairing.Servers servers, Ending ending, Function<StoreTenant, StoreContent> work) {
        try (RunningCluster cluster = testbed.startIn(directory, servers, SETTINGS);
                AdminHandle admin = testbed.admin(cluster.nameServers())) {
            StoreContent content = work.apply(new StoreTenant(cluster, admin, client));
            if (ending == Ending.KILLED) {
                awaitSaved(content);
                cluster.broker().kill();
            } else {
                cluster.broker().stop(STOP_LIMIT);
            }
            return content;
        }
    }

    /** A killed broker's last commits are on disk only once it has saved them, which it does from time to time. */
    private void awaitSaved(StoreContent content) {
        Path file = directory.resolve("store/config/consumerOffset.json");
        List<Long> offsets = content.committed().values().stream()
                .flatMap(byQueue -> byQueue.values().stream())
                .toList();
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            String saved = Files.readString(file);
            assertThat(offsets).allSatisfy(offset -> assertThat(saved).containsPattern("[0-9]\"?:" + offset + "\\b"));
        });
    }

    private static void awaitSame(StoreTenant tenant, StoreContent expected) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(look(tenant)).usingRecursiveComparison().isEqualTo(expected));
    }

    /** A broker that has just started may not be known to all yet: what clients are told then is no verdict. */
    private static StoreContent look(StoreTenant tenant) {
        try {
            return tenant.look();
        } catch (ClientFailure notYet) {
            throw new AssertionError("cannot look at the store: " + notYet.getMessage(), notYet);
        }
    }

    private static void assertContinues(List<Sent> sent, StoreContent before) {
        Map<Queue, Long> firstOffsets = new HashMap<>();
        sent.forEach(one -> firstOffsets.merge(one.queue(), one.queueOffset(), Math::min));
        assertThat(firstOffsets)
                .isNotEmpty()
                .allSatisfy(
                        (queue, offset) -> assertThat(offset).as("%s", queue).isEqualTo(before.nextOffset(queue)));
    }

    private void prepare(Derived derived) {
        if (derived == Derived.REMOVED) {
            for (String name : List.of("consumequeue", "index", "checkpoint")) {
                delete(directory.resolve("store").resolve(name));
            }
        }
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (var paths = Files.walk(path)) {
            for (Path each : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
