package io.ternmq.broker.store.file;

import static io.ternmq.broker.store.file.SimulatedDisk.PAGE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.store.file.SimulatedDisk.Lie;
import io.ternmq.broker.store.file.SimulatedDisk.Stopped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The simulated disk does what a real one may, and keeps what a real one promises. */
class SimulatedDiskTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final Path FILE = DIRECTORY.resolve("file");
    private static final int PAGES = 3;

    @Test
    void whatWasForcedOutlivesAPowerCutAndTheRestDoesInAnySubsetOfPages() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            SimulatedDisk disk = disk(seed, 100);
            Mapping mapping = forcedFile(disk, 'a').map(PAGES * PAGE_BYTES);
            for (int page = 0; page < PAGES; page++) {
                mapping.buffer().put(page * PAGE_BYTES, (byte) 'b');
            }
            mapping.force(PAGE_BYTES, 1);

            disk.cutPower();

            outcomes.add(pagesOf(disk));
        }

        assertThat(outcomes).containsExactlyInAnyOrder("aba", "abb", "bba", "bbb");
    }

    @Test
    void aNameThatWasNotForcedIsThereOrNot() throws IOException {
        Set<Boolean> outcomes = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = disk(seed, 100);
            StoreFiles files = forcedDirectory(disk);
            files.create(FILE, 10).force();

            disk.cutPower();

            outcomes.add(disk.process().exists(FILE));
        }

        assertThat(outcomes).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aDeletedNameThatWasNotForcedMayComeBackWithItsContent() throws IOException {
        Set<Boolean> outcomes = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = disk(seed, 100);
            forcedFile(disk, 'a').close();
            disk.process().delete(FILE);

            disk.cutPower();

            boolean isBack = disk.process().exists(FILE);
            outcomes.add(isBack);
            assertThat(isBack ? pagesOf(disk) : "aaa").isEqualTo("aaa");
        }

        assertThat(outcomes).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aKilledProcessLeavesWhatItStoredAndCanDoNothingMore() throws IOException {
        SimulatedDisk disk = disk(1, 100);
        StoreFile file = forcedFile(disk, 'a');
        file.map(PAGES * PAGE_BYTES).buffer().put(0, (byte) 'b');

        disk.kill();

        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0)).isInstanceOf(Stopped.class);
        assertThat(pagesOf(disk)).isEqualTo("baa");
    }

    @Test
    void aFailedForceMayHaveLostWhatTheNextOneThenSaysIsSafe() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = disk(seed, 100);
            StoreFile file = forcedFile(disk, 'a');
            file.map(PAGES * PAGE_BYTES).buffer().put(0, (byte) 'b');
            disk.failForces(1);
            assertThatThrownBy(file::force).hasMessageContaining("did not confirm");
            file.force();

            disk.cutPower();

            outcomes.add(pagesOf(disk));
        }

        assertThat(outcomes).containsExactlyInAnyOrder("aaa", "baa");
    }

    @Test
    void spaceIsCountedByBlocksAndWritesStopWhereItEnds() throws IOException {
        SimulatedDisk disk = disk(1, 2);
        StoreFiles files = forcedDirectory(disk);

        StoreFile sparse = files.create(FILE, 10 * PAGE_BYTES); // one block, for its last byte

        assertThat(files.space(DIRECTORY).freeBytes()).isEqualTo(PAGE_BYTES);
        assertThatThrownBy(() -> sparse.write(ByteBuffer.allocate(2 * PAGE_BYTES), 0))
                .isInstanceOf(DiskFullException.class);
        sparse.close();
        files.delete(FILE);
        assertThat(files.space(DIRECTORY).freeBytes()).isEqualTo(2 * PAGE_BYTES);
    }

    @Test
    void aStoreThroughAMappingWhereThereIsNoBlockIsReported() throws IOException {
        SimulatedDisk disk = disk(1, 100);
        StoreFile sparse = forcedDirectory(disk).create(FILE, 2 * PAGE_BYTES);

        sparse.map(2 * PAGE_BYTES).buffer().put(0, (byte) 1);

        assertThatThrownBy(sparse::force).isInstanceOf(AssertionError.class).hasMessageContaining("no block");
    }

    @Test
    void aProcessStopsInTheMiddleOfAnOperation() throws IOException {
        SimulatedDisk disk = disk(1, 100);
        StoreFile file = forcedFile(disk, 'a');
        disk.stopAfter(0);

        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(2 * PAGE_BYTES), 0))
                .isInstanceOf(Stopped.class);

        assertThat(pagesOf(disk)).isEqualTo("\0aa"); // half of it was written
    }

    @Test
    void aFlippedBitIsReadBack() throws IOException {
        SimulatedDisk disk = disk(1, 100);
        forcedFile(disk, 'a');

        disk.flip(FILE, PAGE_BYTES, 1);

        assertThat(pagesOf(disk)).isEqualTo("aca");
    }

    @Test
    void aPlantedLieForgetsForces() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = disk(seed, 100);
            StoreFile file = forcedFile(disk, 'a');
            disk.plant(Lie.FORCES);
            file.write(ByteBuffer.wrap(new byte[] {'b'}), 0);
            file.force();

            disk.cutPower();

            outcomes.add(pagesOf(disk));
        }

        assertThat(outcomes).containsExactlyInAnyOrder("aaa", "baa");
    }

    private static SimulatedDisk disk(long seed, int pages) {
        return new SimulatedDisk(new Random(seed * 0x9E3779B97F4A7C15L), pages); // small seeds begin much alike
    }

    private static StoreFiles forcedDirectory(SimulatedDisk disk) throws IOException {
        StoreFiles files = disk.process();
        files.makeDirectory(DIRECTORY);
        files.forceDirectory(DIRECTORY.getRoot());
        return files;
    }

    private static StoreFile forcedFile(SimulatedDisk disk, char first) throws IOException {
        StoreFiles files = forcedDirectory(disk);
        StoreFile file = files.create(FILE, PAGES * PAGE_BYTES);
        byte[] bytes = new byte[PAGES * PAGE_BYTES];
        for (int page = 0; page < PAGES; page++) {
            bytes[page * PAGE_BYTES] = (byte) first;
        }
        file.write(ByteBuffer.wrap(bytes), 0);
        file.force();
        files.forceDirectory(DIRECTORY);
        return file;
    }

    // The first byte of each page.
    private static String pagesOf(SimulatedDisk disk) throws IOException {
        StringBuilder text = new StringBuilder();
        try (StoreFile file = disk.process().open(FILE)) {
            for (int page = 0; page < PAGES; page++) {
                ByteBuffer one = ByteBuffer.allocate(1);
                file.read(one, (long) page * PAGE_BYTES);
                text.append((char) one.get(0));
            }
        }
        return text.toString();
    }
}
