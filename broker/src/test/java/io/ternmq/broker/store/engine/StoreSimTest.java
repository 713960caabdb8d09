package io.ternmq.broker.store.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.file.SimulatedDisk.Lie;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * A whole store on a simulated disk, from seeds: what {@link SentMessages} demands holds whatever happens. And bugs that
 * are planted are caught, so that silence means something.
 */
class StoreSimTest {
    private static final int SEEDS = Boolean.getBoolean("ternmq.long") ? 5_000 : 150;
    private static final int SEEDS_TO_CATCH_A_BUG = 100;
    private static final Logger STORE_LOG = (Logger) LoggerFactory.getLogger("io.ternmq.broker.store");

    @BeforeAll
    static void beQuiet() {
        if (System.getProperty("ternmq.seed") == null) { // what one seed does is worth reading
            STORE_LOG.setLevel(Level.OFF);
        }
    }

    @AfterAll
    static void speakAgain() {
        STORE_LOG.setLevel(null); // as the logger above it
    }

    static LongStream seeds() {
        Long only = Long.getLong("ternmq.seed");
        return only == null ? LongStream.range(0, SEEDS) : LongStream.of(only);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingPromisedIsLostUnderSynchronousFlush(long seed) {
        simulation(seed, FlushMode.SYNC_FLUSH).run();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingPromisedIsLostUnderAsynchronousFlush(long seed) {
        simulation(seed, FlushMode.ASYNC_FLUSH).run();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingElseIsLostUnderSynchronousFlushWhereTheOldestIsRemoved(long seed) {
        simulation(seed, FlushMode.SYNC_FLUSH).removingOldest().run();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingElseIsLostUnderAsynchronousFlushWhereTheOldestIsRemoved(long seed) {
        simulation(seed, FlushMode.ASYNC_FLUSH).removingOldest().run();
    }

    /** A start that is killed between making a log file and making its name safe; the next one fills that file. */
    @Test
    void aFileThatAnInterruptedStartMadeIsNotLostAtAPowerCut() {
        int found = simulation(2252, FlushMode.SYNC_FLUSH).run();

        assertThat(found).isPositive();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        int first = new StoreSimulation(7, FlushMode.SYNC_FLUSH).run();

        assertThat(new StoreSimulation(7, FlushMode.SYNC_FLUSH).run())
                .isEqualTo(first)
                .isPositive();
    }

    @Test
    void anAcknowledgementBeforeTheForceIsCaught() {
        assertThat(catches(seed -> new StoreSimulation(seed, FlushMode.ASYNC_FLUSH, FlushMode.SYNC_FLUSH)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsForgottenIsCaught(Lie lie) {
        FlushMode mode =
                lie == Lie.ZEROS ? FlushMode.ASYNC_FLUSH : FlushMode.SYNC_FLUSH; // more lies unforced to be cut

        assertThat(catches(seed -> new StoreSimulation(seed, mode).planting(lie).livingShortly()))
                .isTrue();
    }

    // Every second one deletes topics: what was sent to those is judged less strictly.
    private static StoreSimulation simulation(long seed, FlushMode mode) {
        StoreSimulation simulation = new StoreSimulation(seed, mode);
        return seed % 2 == 1 ? simulation.deletingTopics() : simulation;
    }

    private static boolean catches(LongFunction<StoreSimulation> planted) {
        for (long seed = 0; seed < SEEDS_TO_CATCH_A_BUG; seed++) {
            try {
                planted.apply(seed).run();
            } catch (AssertionError e) {
                return true;
            }
        }
        return false;
    }
}
