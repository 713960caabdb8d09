package io.ternmq.broker.filter.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds a text, given as bytes of UTF-8 within a buffer, among those of a list. Immutable; finding allocates nothing. */
final class TextTable {
    private static final int HASH_FACTOR = 31;

    private final byte[][] texts;
    private final int[] hashes;
    private final int[] places; // index of a text plus 1, or 0; its length is a power of two

    TextTable(List<String> texts) {
        this.texts = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.hashes = new int[this.texts.length];
        this.places = new int[Integer.highestOneBit(Math.max(1, this.texts.length)) * 4];
        for (int i = 0; i < this.texts.length; i++) {
            ByteBuffer bytes = ByteBuffer.wrap(this.texts[i]);
            hashes[i] = hash(bytes, 0, bytes.capacity());
            int place = place(hashes[i]);
            while (places[place] != 0) {
                place = next(place);
            }
            places[place] = i + 1;
        }
    }

    /** How many texts there are. */
    int size() {
        return texts.length;
    }

    /** Index of the text in the list; negative if it is not in it. */
    int find(ByteBuffer buffer, int start, int length) {
        if (texts.length == 0) {
            return -1;
        }
        int hash = hash(buffer, start, length);
        int place = place(hash);
        while (places[place] != 0) {
            int index = places[place] - 1;
            if (hashes[index] == hash && isSame(texts[index], buffer, start, length)) {
                return index;
            }
            place = next(place);
        }
        return -1;
    }

    private int place(int hash) {
        return (hash ^ (hash >>> 16)) & (places.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (places.length - 1);
    }

    private static int hash(ByteBuffer buffer, int start, int length) {
        int hash = 0;
        for (int i = start; i < start + length; i++) {
            hash = HASH_FACTOR * hash + buffer.get(i);
        }
        return hash;
    }

    private static boolean isSame(byte[] text, ByteBuffer buffer, int start, int length) {
        if (text.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[i] != buffer.get(start + i)) {
                return false;
            }
        }
        return true;
    }
}
