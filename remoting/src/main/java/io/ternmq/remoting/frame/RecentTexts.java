package io.ternmq.remoting.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Short ASCII texts of headers read before, so that names of fields, topics and groups are neither made nor searched
 * anew for each header. Remembers them in two ways: by place, since a JSON header mostly holds what the last one with its
 * code held at the same place, and by content, for senders that take turns. Both have a fixed number of slots, where a newcomer
 * replaces what lay in its slot: a peer that sends ever new texts costs no memory, and everybody else little time. Not
 * safe for use by several threads.
 */
final class RecentTexts {
    /** Texts of a header that are remembered by place. */
    static final int PLACES = 64;

    private static final int KINDS = 16; // a power of two; codes in use differ in their lowest bits
    private static final int SLOTS = 512; // a power of two
    private static final int LENGTH_MAX = 64;
    private static final int ID_LENGTH = 32; // of messages, which are all different
    private static final int NUMBER_LENGTH_MAX = 4;

    private final String[] slots = new String[SLOTS];
    private final byte[][] slotBytes = new byte[SLOTS][]; // the same texts, to compare many bytes at a time
    private final String[] placed = new String[(KINDS + 1) * PLACES];
    private final byte[][] placedBytes = new byte[(KINDS + 1) * PLACES][];
    private int place;
    private int placesEnd;

    /** A header begins. */
    void begin() {
        place = KINDS * PLACES;
        placesEnd = place + PLACES;
    }

    /** The code of this header is known: the texts from here on are likely those of the last one with this code. */
    void ofCode(int code) {
        place = (code & KINDS - 1) * PLACES;
        placesEnd = place + PLACES;
    }

    /**
     * Length of the text remembered for this place if the bytes from {@code start} on begin with it; else negative. Its
     * reader decides by what follows whether that is all of it, and then {@linkplain #recall takes} it. No text with a
     * quote or a backslash is remembered for a place, so that a quote behind it ends it.
     *
     * @param end behind the last byte that may be looked at
     */
    int remembered(byte[] bytes, int start, int end) {
        byte[] seen = place < placesEnd ? placedBytes[place] : null;
        boolean isSame = seen != null
                && seen.length <= end - start
                && Arrays.equals(seen, 0, seen.length, bytes, start, start + seen.length);
        return isSame ? seen.length : -1;
    }

    /** The text remembered for this place; goes on to the next one. */
    String recall() {
        return placed[place++];
    }

    /** A text that is not remembered was met at this place; goes on to the next one. */
    void pass() {
        place++;
    }

    /** The text of {@code length} bytes of UTF-8 from {@code start}, without regard to places. */
    String byContent(byte[] bytes, int start, int length) {
        if (length == 0) {
            return "";
        }
        if (!isWorthKeeping(bytes, start, length)) {
            return new String(bytes, start, length, StandardCharsets.UTF_8);
        }
        int hash = 0;
        int seenBits = 0;
        for (int index = start; index < start + length; index++) {
            hash = 31 * hash + bytes[index];
            seenBits |= bytes[index];
        }
        return seenBits < 0
                ? new String(bytes, start, length, StandardCharsets.UTF_8)
                : slots[slotOf(hash, bytes, start, length)];
    }

    /** The text of {@code length} ASCII bytes from {@code start}, remembered for this place; goes on to the next one. */
    String ascii(byte[] bytes, int start, int length) {
        if (!isWorthKeeping(bytes, start, length)) {
            place++;
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        int hash = 0;
        boolean isPlain = true;
        for (int index = start; index < start + length; index++) {
            byte next = bytes[index];
            hash = 31 * hash + next;
            isPlain &= next != '"' && next != '\\';
        }
        int slot = slotOf(hash, bytes, start, length);
        if (isPlain && place < placesEnd) {
            placedBytes[place] = slotBytes[slot];
            placed[place] = slots[slot];
        }
        place++;
        return slots[slot];
    }

    // Where the text now lies.
    private int slotOf(int hash, byte[] bytes, int start, int length) {
        int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
        byte[] seen = slotBytes[slot];
        if (seen == null || !Arrays.equals(seen, 0, seen.length, bytes, start, start + length)) {
            slotBytes[slot] = Arrays.copyOfRange(bytes, start, start + length);
            slots[slot] = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        return slot;
    }

    /** Whether a text may come again: ids, offsets and times hardly ever do, and would only drive out what does. */
    static boolean isWorthKeeping(byte[] bytes, int start, int length) {
        boolean isLongNumber = length > NUMBER_LENGTH_MAX && bytes[start] >= '0' && bytes[start] <= '9';
        return length <= LENGTH_MAX && length != ID_LENGTH && !isLongNumber;
    }
}
