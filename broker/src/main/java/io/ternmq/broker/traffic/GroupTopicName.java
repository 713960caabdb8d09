package io.ternmq.broker.traffic;

/** What a group reads of a topic is counted under this name. */
public record GroupTopicName(String group, String topic) {}
