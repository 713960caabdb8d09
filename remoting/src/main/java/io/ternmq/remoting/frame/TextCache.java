package io.ternmq.remoting.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Short ASCII texts seen before, so that names of fields, topics and groups are not made anew for each header. A fixed
 * number of slots, where a newcomer replaces what lay in its slot: a peer that sends ever new texts costs no memory, and
 * everybody else no more than without the cache. Not safe for use by several threads.
 */
final class TextCache {
    private static final int SLOTS = 512; // a power of two
    private static final int LENGTH_MAX = 64;
    private static final int ID_LENGTH = 32; // of messages, which are all different
    private static final int NUMBER_LENGTH_MAX = 4;

    private final String[] slots = new String[SLOTS];
    private final byte[][] slotBytes = new byte[SLOTS][]; // the same texts, to compare many bytes at a time

    /** The text of {@code length} ASCII bytes from {@code start}. */
    String ascii(byte[] bytes, int start, int length) {
        if (!isWorthKeeping(bytes, start, length)) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        int hash = 0;
        for (int index = start; index < start + length; index++) {
            hash = nextHash(hash, bytes[index]);
        }
        return ascii(bytes, start, length, hash);
    }

    /** As {@link #ascii(byte[], int, int)}, for a reader that has gone over the bytes and hashed them already. */
    String ascii(byte[] bytes, int start, int length, int hash) {
        if (!isWorthKeeping(bytes, start, length)) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        byte[] seen = slotBytes[slot];
        if (seen != null && Arrays.equals(seen, 0, seen.length, bytes, start, start + length)) {
            return slots[slot];
        }
        String text = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        slots[slot] = text;
        slotBytes[slot] = Arrays.copyOfRange(bytes, start, start + length);
        return text;
    }

    /** The hash of a text from that of all its bytes but the last; 0 for no bytes. */
    static int nextHash(int hash, byte next) {
        return 31 * hash + next;
    }

    /** Whether a text may come again: ids, offsets and times hardly ever do, and would only drive out what does. */
    static boolean isWorthKeeping(byte[] bytes, int start, int length) {
        boolean isLongNumber = length > NUMBER_LENGTH_MAX && bytes[start] >= '0' && bytes[start] <= '9';
        return length <= LENGTH_MAX && length != ID_LENGTH && !isLongNumber;
    }
}
