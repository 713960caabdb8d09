package io.ternmq.broker.offset;

import java.util.Optional;

/** A consumer group's progress in one topic is kept under this key. */
record GroupTopic(String group, String topic) {
    private static final char SEPARATOR = '@'; // no name of a topic or group can hold it

    /** Reads the form {@code topic@group}; empty if it is not of that form. */
    static Optional<GroupTopic> parse(String text) {
        int at = text.indexOf(SEPARATOR);
        return at > 0 && at < text.length() - 1 && text.indexOf(SEPARATOR, at + 1) < 0
                ? Optional.of(new GroupTopic(text.substring(at + 1), text.substring(0, at)))
                : Optional.empty();
    }

    /** The key as it stands in the file: {@code topic@group}. */
    String text() {
        return topic + SEPARATOR + group;
    }
}
