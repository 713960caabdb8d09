package io.ternmq.client.trace;

import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.work.Inbox;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Records that travel together.
 *
 * @param keys what it is found by: the ids and keys of all messages in it
 * @param body the records, one behind the other, in UTF-8; to be read by way of duplicates
 * @param records how many
 */
record TraceMessage(String keys, ByteBuffer body, int records) {
    /** Characters at which a message takes no further record; tools ask for many such messages at once. */
    static final int TEXT_MAX = 100_000;

    /** Characters of keys; a stored message holds 32,767 bytes of properties, and a character takes up to three of them. */
    static final int KEYS_MAX = 10_000;

    /** Makes a message of what waits, as much as it may hold; empty if nothing waits. The inbox's owner calls. */
    static Optional<TraceMessage> take(Inbox<TraceRecord> waiting) {
        StringBuilder text = new StringBuilder();
        Keys keys = new Keys();
        int count = 0;
        while (text.length() < TEXT_MAX && !keys.areMany()) {
            TraceRecord record = waiting.poll();
            if (record == null) {
                break;
            }
            record.appendTo(text);
            keys.add(record.messageId());
            for (String key : record.keys().split(MessageProperties.KEY_SEPARATOR, -1)) {
                keys.add(key);
            }
            count++;
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        new TraceMessage(keys.text(), StandardCharsets.UTF_8.encode(CharBuffer.wrap(text)), count));
    }

    /** Each key once, in the order they came, as many as there is room for. */
    private static final class Keys {
        private static final int MANY = KEYS_MAX * 9 / 10; // so that those of one more record mostly fit

        private final Set<String> known = new LinkedHashSet<>();
        private int characters;

        void add(String key) {
            if (!key.isEmpty() && characters + key.length() < KEYS_MAX && known.add(key)) {
                characters += key.length() + 1;
            }
        }

        boolean areMany() {
            return characters >= MANY;
        }

        String text() {
            return String.join(MessageProperties.KEY_SEPARATOR, known);
        }
    }
}
