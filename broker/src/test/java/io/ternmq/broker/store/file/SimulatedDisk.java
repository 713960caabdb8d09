package io.ternmq.broker.store.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A disk in memory that keeps no promise that a real one may break. What has not been forced is at a power cut there or
 * not, page by page and name by name, as a seed decides; a force that fails may have lost what it was to save, and the
 * next one says nothing of it; space is counted by the blocks that files have. Owns the names and contents; files are
 * used through {@link #process()}, which ends when the process does. For one thread.
 */
public final class SimulatedDisk {
    public static final int PAGE_BYTES = 4096;

    /** The process ended in the middle of something. */
    public static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Lies that a disk, or a store that forgets something, may tell: planted by tests that want to see them caught. */
    public enum Lie {
        /** Forces of content say that all is well and do nothing. */
        FORCES,
        /** The same for directories. */
        DIRECTORY_FORCES,
        /** What is cut off, or overwritten with zeros, still has its old bytes. */
        ZEROS
    }

    private final Random random;
    private final SimulatedDirectory root = new SimulatedDirectory();
    private final Set<SimulatedContent> mapped = new HashSet<>();
    private final Set<Lie> lies = new HashSet<>();

    private int pages;
    private int usedPages;
    private long process; // the number of the one that runs now
    private long operationsLeft = Long.MAX_VALUE;
    private int failingForces;
    private int failingWrites;
    private Runnable meanwhile = () -> {};

    /** @param pages its size */
    public SimulatedDisk(Random random, int pages) {
        this.random = random;
        this.pages = pages;
    }

    /** The disk as a new process sees it; the one before has ended. */
    public StoreFiles process() {
        endProcess();
        return new SimulatedFiles(this, root, process);
    }

    /** The process is killed: what it stored, also through mappings, stays as it is, forced or not. */
    public void kill() {
        endProcess();
    }

    /** The machine loses power. */
    public void cutPower() {
        endProcess();
        root.cutPower(random);
        countPages();
    }

    /** The process ends within so many operations that change something. */
    public void stopAfter(long operations) {
        operationsLeft = operations;
    }

    /** The next forces fail, of content or of names. */
    public void failForces(int count) {
        failingForces = count;
    }

    /** The next writes end half-way. */
    public void failWrites(int count) {
        failingWrites = count;
    }

    /** Nothing fails any more. */
    public void heal() {
        failingForces = 0;
        failingWrites = 0;
    }

    public void resize(int newPages) {
        pages = newPages;
    }

    public void plant(Lie lie) {
        lies.add(lie);
    }

    /** What else happens while a write or a force is under way: how the disk stalls one and others go on. */
    public void meanwhile(Runnable others) {
        meanwhile = others;
    }

    /** The system writes some page back by itself, as it may at any time. */
    public void writeBack() {
        List<SimulatedContent> contents = contents();
        if (!contents.isEmpty()) {
            contents.get(random.nextInt(contents.size())).writeBack(random);
        }
    }

    /** A bit turns over on the platter; between processes. */
    public void flip(Path file, long position, int bit) {
        root.content(file).orElseThrow().flip((int) position, bit);
    }

    /**
     * Before anything that changes the disk.
     *
     * @return whether the process ends with it, half done
     */
    boolean isLast(long caller) {
        checkAlive(caller);
        checkMapped();
        operationsLeft--;
        return operationsLeft < 0;
    }

    /** Ends the process that is in the middle of something. */
    Stopped stop() {
        endProcess();
        return new Stopped();
    }

    boolean isAlive(long caller) {
        return caller == process;
    }

    void checkAlive(long caller) {
        if (!isAlive(caller)) {
            throw new Stopped();
        }
    }

    void letOthersGoOn() {
        meanwhile.run();
    }

    boolean tells(Lie lie) {
        return lies.contains(lie);
    }

    Random random() {
        return random;
    }

    boolean takeFailingForce() {
        return failingForces > 0 && failingForces-- > 0;
    }

    boolean takeFailingWrite() {
        return failingWrites > 0 && failingWrites-- > 0;
    }

    boolean takePage() {
        if (usedPages >= pages) {
            return false;
        }
        usedPages++;
        return true;
    }

    void givePages(int count) {
        usedPages -= count;
    }

    void mapped(SimulatedContent content) {
        mapped.add(content);
    }

    void unmapped(SimulatedContent content) {
        mapped.remove(content);
    }

    DiskSpace space() {
        return new DiskSpace((long) pages * PAGE_BYTES, (long) Math.max(0, pages - usedPages) * PAGE_BYTES);
    }

    // On a full disk the system ends a process that stores through a mapping where the file has no block.
    private void checkMapped() {
        for (SimulatedContent content : mapped) {
            content.checkStoredInBlocks();
        }
    }

    private void endProcess() {
        checkMapped();
        process++;
        operationsLeft = Long.MAX_VALUE;
        meanwhile = () -> {};
        mapped.clear();
        contents().forEach(SimulatedContent::endProcess);
        countPages();
    }

    private void countPages() {
        usedPages = contents().stream().mapToInt(SimulatedContent::pages).sum();
    }

    private List<SimulatedContent> contents() {
        List<SimulatedContent> found = new ArrayList<>();
        root.collect(found);
        return found;
    }
}
