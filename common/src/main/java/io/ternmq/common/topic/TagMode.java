package io.ternmq.common.topic;

/** How the tags of a topic's messages are read; the {@code topicFilterType} of the wire. */
public enum TagMode {
    /** The whole text is one tag. */
    SINGLE_TAG,
    MULTI_TAG
}
