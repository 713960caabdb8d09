package io.ternmq.broker.store.file;

import static io.ternmq.broker.store.file.SimulatedDisk.PAGE_BYTES;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * What a file of a simulated disk holds: as processes see it, in memory that mappings share, and as the platter has it,
 * page by page. A page that the platter has no copy of is a hole there.
 */
final class SimulatedContent {
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    private final SimulatedDisk disk;
    private byte[] seen = {};
    private int length;
    private final BitSet blocks = new BitSet();
    private int users; // open files and mappings
    private int mappings;
    private boolean isNamed = true;
    private boolean isGivenUp;

    private final Map<Integer, byte[]> platter = new HashMap<>();
    private int platterLength;
    private final TreeSet<Integer> lengthsSince = new TreeSet<>(); // that it had since its length was forced

    // Pages that a failed force left behind as if they had been written: no later force writes them unless they change.
    private final Map<Integer, byte[]> forsaken = new HashMap<>();

    SimulatedContent(SimulatedDisk disk) {
        this.disk = disk;
    }

    int length() {
        return length;
    }

    int pages() {
        return blocks.cardinality();
    }

    void opened() {
        users++;
    }

    void closed() {
        users--;
        giveUpIfUnused();
    }

    void unnamed() {
        isNamed = false;
        giveUpIfUnused();
    }

    /** The memory that mappings share. */
    ByteBuffer map(int bytes) {
        users++;
        mappings++;
        disk.mapped(this);
        return ByteBuffer.wrap(seen, 0, bytes).slice();
    }

    void unmapped() {
        mappings--;
        if (mappings == 0) {
            checkStoredInBlocks();
            disk.unmapped(this);
        }
        closed();
    }

    void endProcess() {
        users = 0;
        mappings = 0;
    }

    int read(ByteBuffer target, int position) {
        int count = Math.max(0, Math.min(target.remaining(), length - position));
        if (count > 0) {
            target.put(seen, position, count);
        }
        return count;
    }

    void write(ByteBuffer source, int position, Path path) throws DiskFullException {
        int wanted = source.remaining();
        int at = position;
        while (source.hasRemaining()) {
            int page = at / PAGE_BYTES;
            int bytes = Math.min(source.remaining(), (page + 1) * PAGE_BYTES - at);
            if (!blocks.get(page)) {
                if (!disk.takePage()) {
                    throw new DiskFullException(path, position, wanted, null);
                }
                blocks.set(page);
            }
            lengthenTo(at + bytes);
            forsaken.remove(page); // dirty again, whatever is written
            put(source, at, bytes);
            at += bytes;
        }
    }

    private void put(ByteBuffer source, int at, int bytes) {
        byte[] before = Arrays.copyOfRange(seen, at, at + bytes);
        source.get(seen, at, bytes);
        boolean areZeros = Arrays.equals(seen, at, at + bytes, ZEROS, 0, bytes);
        if (areZeros && disk.tells(SimulatedDisk.Lie.ZEROS)) {
            System.arraycopy(before, 0, seen, at, bytes);
        }
    }

    void cutTo(int bytes) {
        if (!disk.tells(SimulatedDisk.Lie.ZEROS)) {
            Arrays.fill(seen, bytes, length, (byte) 0);
            int kept = pagesOf(bytes);
            forsaken.keySet().removeIf(page -> page >= bytes / PAGE_BYTES);
            disk.givePages(blocks.cardinality());
            blocks.clear(kept, Math.max(kept, blocks.length()));
            blocks.stream().forEach(page -> disk.takePage());
        }
        length = bytes;
        lengthsSince.add(length);
    }

    /** All of it is on the platter now, but what an earlier force has forsaken. */
    void force() {
        forcePages(0, pagesOf(length));
        platter.keySet().removeIf(page -> page >= pagesOf(length));
        platterLength = length;
        lengthsSince.clear();
    }

    void force(int from, int to) {
        forcePages(from / PAGE_BYTES, pagesOf(to));
    }

    /** What was to be forced is on the platter or not, page by page, and counts as clean in either case. */
    void failForce(int from, int to, Random random) {
        for (int page = from / PAGE_BYTES; page < pagesOf(to); page++) {
            if (random.nextBoolean()) {
                forcePages(page, page + 1);
            } else if (!isOnPlatter(page)) {
                forsaken.put(page, page(page));
            }
        }
    }

    void writeBack(Random random) {
        if (length > 0) {
            int page = random.nextInt(pagesOf(length));
            forcePages(page, page + 1);
        }
    }

    void flip(int position, int bit) {
        seen[position] ^= (byte) (1 << bit);
        byte[] page = platter.computeIfAbsent(position / PAGE_BYTES, none -> new byte[PAGE_BYTES]);
        page[position % PAGE_BYTES] ^= (byte) (1 << bit);
    }

    void cutPower(Random random) {
        isNamed = true;
        isGivenUp = false;
        lengthsSince.add(platterLength);
        int left = lengthsSince.stream()
                .skip(random.nextInt(lengthsSince.size()))
                .findFirst()
                .orElseThrow();
        byte[] after = new byte[Math.max(left, seen.length)];
        BitSet blocksAfter = new BitSet();
        for (int page = 0; page < pagesOf(left); page++) {
            boolean isClean = Arrays.equals(page(page), forsaken.get(page));
            if (!isClean && random.nextBoolean()) {
                blocksAfter.set(page, blocks.get(page));
                copy(page(page), after, page, left);
            } else if (platter.containsKey(page)) {
                blocksAfter.set(page);
                copy(platter.get(page), after, page, left);
            }
        }
        seen = after;
        length = left;
        blocks.clear();
        blocks.or(blocksAfter);
        forsaken.clear();
        force();
    }

    void checkStoredInBlocks() {
        for (int page = blocks.nextClearBit(0); page < pagesOf(length); page = blocks.nextClearBit(page + 1)) {
            int from = page * PAGE_BYTES;
            int to = Math.min(from + PAGE_BYTES, length);
            if (!Arrays.equals(seen, from, to, ZEROS, 0, to - from)) {
                throw new AssertionError("stored through a mapping into page " + page + ", which has no block");
            }
        }
    }

    // The blocks are free, but which they were is remembered: a power cut may bring the name back, and all with it.
    private void giveUpIfUnused() {
        if (!isNamed && users == 0 && !isGivenUp) {
            disk.givePages(blocks.cardinality());
            isGivenUp = true;
        }
    }

    private void forcePages(int from, int to) {
        for (int page = from; page < to; page++) {
            byte[] now = page(page);
            if (!Arrays.equals(now, forsaken.get(page))) {
                forsaken.remove(page);
                if (blocks.get(page)) {
                    platter.put(page, now);
                } else {
                    platter.remove(page);
                }
            }
        }
    }

    private boolean isOnPlatter(int page) {
        return Arrays.equals(page(page), platter.getOrDefault(page, ZEROS));
    }

    private void lengthenTo(int bytes) {
        if (bytes <= length) {
            return;
        }
        if (bytes > seen.length) {
            if (mappings > 0) {
                throw new AssertionError("lengthened from " + length + " to " + bytes + " while mapped");
            }
            seen = Arrays.copyOf(seen, bytes);
        }
        length = bytes;
        lengthsSince.add(length);
    }

    private byte[] page(int page) {
        int from = Math.min(page * PAGE_BYTES, seen.length);
        int to = Math.min(from + PAGE_BYTES, Math.min(length, seen.length));
        byte[] bytes = new byte[PAGE_BYTES];
        if (to > from) {
            System.arraycopy(seen, from, bytes, 0, to - from);
        }
        return bytes;
    }

    private static void copy(byte[] page, byte[] target, int number, int limit) {
        int from = number * PAGE_BYTES;
        System.arraycopy(page, 0, target, from, Math.min(PAGE_BYTES, limit - from));
    }

    private static int pagesOf(int bytes) {
        return (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
    }
}
