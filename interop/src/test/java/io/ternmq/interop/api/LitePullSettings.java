package io.ternmq.interop.api;

/**
 * How a lite pull consumer is set up.
 *
 * @param nameServers such as {@code 127.0.0.1:9876}
 * @param group name of the consumer group
 * @param autoCommit whether offsets are committed by polling
 */
public record LitePullSettings(String nameServers, String group, boolean autoCommit) {}
