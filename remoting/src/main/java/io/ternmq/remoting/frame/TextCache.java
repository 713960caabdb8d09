package io.ternmq.remoting.frame;

import java.nio.charset.StandardCharsets;

/**
 * Short ASCII texts seen before, so that names of fields, topics and groups are not made anew for each header. A fixed
 * number of slots, where a newcomer replaces what lay in its slot: a peer that sends ever new texts costs no memory, and
 * everybody else no more than without the cache. Not safe for use by several threads.
 */
final class TextCache {
    private static final int SLOTS = 512; // a power of two
    private static final int LENGTH_MAX = 64;

    private final String[] slots = new String[SLOTS];

    /** The text of {@code length} ASCII bytes from {@code start}. */
    String ascii(byte[] bytes, int start, int length) {
        if (length > LENGTH_MAX) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        int hash = 0;
        for (int index = start; index < start + length; index++) {
            hash = 31 * hash + bytes[index];
        }
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        String seen = slots[slot];
        if (seen != null && isSame(seen, bytes, start, length)) {
            return seen;
        }
        String text = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        slots[slot] = text;
        return text;
    }

    private static boolean isSame(String text, byte[] bytes, int start, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (text.charAt(index) != bytes[start + index]) {
                return false;
            }
        }
        return true;
    }
}
