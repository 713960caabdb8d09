package io.ternmq.broker.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.StoreLimits;
import io.ternmq.broker.store.file.FaultyFiles;
import io.ternmq.common.config.Settings;
import io.ternmq.common.time.FakeClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentPreparerTest {
    private static final int SEGMENT = 256 * 1024;
    private static final int WINDOW = 128 * 1024;

    @TempDir
    private Path root;

    private final LogProgress progress = new LogProgress(0, 0);
    private final FaultyFiles files = new FaultyFiles();
    private final FakeClock clock = new FakeClock();
    private final AtomicInteger preparerRings = new AtomicInteger();
    private final AtomicInteger writerRings = new AtomicInteger();
    private CommitLog log;
    private SegmentPreparer preparer;

    @BeforeEach
    void open() throws IOException {
        log = new LogFiles(files).open(root, SEGMENT);
        preparer = preparer(FlushMode.ASYNC_FLUSH);
    }

    private SegmentPreparer preparer(FlushMode flush) {
        return preparer(log, flush, WINDOW);
    }

    private SegmentPreparer preparer(CommitLog log, FlushMode flush, int window) {
        return new SegmentPreparer(
                new LogState(log, progress, new StoreHealth(), new EncoderPool(), ForcedMark.NONE),
                clock,
                flush,
                window,
                new SegmentPreparer.Bells(preparerRings::incrementAndGet, writerRings::incrementAndGet));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void prepareAll() {
        while (preparer.doWork() > 0) {
            assertThat(log.segmentCount()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void theWindowOfTheDefaultSettingsIs64MiB() {
        assertThat(StoreLimits.from(Settings.empty()).preparedBytesMax()).isEqualTo(64L << 20);
    }

    @Test
    void aWholeWindowIsPreparedAheadOfTheLogsEnd() {
        prepareAll();

        assertThat(preparer.isPrepared(WINDOW)).isTrue();
        assertThat(preparerRings.get()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whateverWasThereIsZeroedFromTheLogsEndUpToWhereItIsPrepared(FlushMode flush) throws IOException {
        int end = 5_001; // of the log
        LogSegment segment = log.addNext();
        byte[] stale = new byte[SEGMENT];
        Arrays.fill(stale, (byte) 1);
        segment.file().write(ByteBuffer.wrap(stale), 0);
        progress.appendedTo(end);
        SegmentPreparer anew = preparer(flush);

        assertThat(anew.doWork()).isOne();

        assertThat(anew.isPrepared(SEGMENT)).isTrue(); // a step goes up to the segment's end
        byte[] now = new byte[SEGMENT];
        segment.file().read(ByteBuffer.wrap(now), 0);
        assertThat(Arrays.copyOf(now, end)).containsOnly(1);
        assertThat(Arrays.copyOfRange(now, end, SEGMENT)).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void eachStepEndsWhereTheSystemMayMapAllOfItByOneEntry(FlushMode flush) throws IOException {
        int step = SegmentPreparer.CHUNK_BYTES;
        progress.appendedTo(5_001);
        try (CommitLog large = new LogFiles(files).open(root.resolve("large"), 4 * step)) {
            large.addNext();
            SegmentPreparer anew = preparer(large, flush, 2 * step);

            assertThat(anew.doWork()).isOne();
            assertThat(anew.isPrepared(step)).isTrue();
            assertThat(anew.isPrepared(step + 1)).isFalse();

            assertThat(anew.doWork()).isOne();
            assertThat(anew.isPrepared(2L * step)).isTrue();
            assertThat(anew.isPrepared(2L * step + 1)).isFalse();
        }
    }

    @Test
    void whereEachMessageIsForcedPiecesAreSmallAndSpaceMayEndBetweenThem() {
        files.leaveSpace(path -> true, 40_000);
        SegmentPreparer forced = preparer(FlushMode.SYNC_FLUSH);

        assertThat(forced.doWork()).isOne();
        assertThat(forced.lackOfSpace())
                .hasValueSatisfying(lack -> assertThat(lack).contains("16384 bytes at 32768"));
        assertThat(forced.isPrepared(1)).isFalse();

        files.returnSpace();
        assertThat(forced.doWork()).isZero(); // it rests
        clock.advance(SegmentPreparer.RETRY_AFTER);
        assertThat(forced.doWork()).isOne();
        assertThat(forced.lackOfSpace()).isEmpty();
        assertThat(forced.isPrepared(SEGMENT)).isTrue();
    }

    @Test
    void whoIsOutOfPreparedSpaceIsRungOnceThereIsMore() {
        prepareAll();

        assertThat(preparer.isPrepared(SEGMENT + 1)).isFalse();
        assertThat(preparerRings.get()).isOne();
        assertThat(writerRings.get()).isZero();

        prepareAll();
        assertThat(writerRings.get()).isPositive();
        assertThat(preparer.isPrepared(SEGMENT + 1)).isTrue();
    }

    @Test
    void preparingGoesOnWhenHalfOfTheWindowIsUsedUp() {
        prepareAll();
        preparer.isPrepared(SEGMENT); // one chunk may have prepared more than a window
        prepareAll();
        preparerRings.set(0);

        progress.appendedTo(SEGMENT - WINDOW / 2);
        preparer.ringIfLow();
        assertThat(preparerRings.get()).isZero();

        progress.appendedTo(SEGMENT - WINDOW / 2 + 1);
        preparer.ringIfLow();
        assertThat(preparerRings.get()).isOne();
    }

    @Test
    void theNextSegmentIsThereAndMappedBeforeTheLogRollsIntoIt() {
        prepareAll();

        progress.appendedTo(SEGMENT - WINDOW / 2);
        prepareAll();

        assertThat(log.segmentAt(SEGMENT)).hasValueSatisfying(next -> {
            assertThat(next.base()).isEqualTo(SEGMENT);
            assertThat(next.memory()).isPresent();
        });
    }
}
