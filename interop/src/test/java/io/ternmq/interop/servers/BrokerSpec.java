package io.ternmq.interop.servers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is asked of a broker, in the settings that both makes know.
 *
 * @param cluster name of its cluster
 * @param name of the broker
 * @param port where it listens, on 127.0.0.1; two below is free too
 * @param haPort where its replicas would connect
 * @param nameServers such as {@code 127.0.0.1:9876}
 * @param settings more settings, by their keys
 */
public record BrokerSpec(
        String cluster, String name, int port, int haPort, String nameServers, Map<String, String> settings) {
    /** Small enough that a test leaves little on the disk, large enough that a benchmark seldom changes files. */
    private static final String COMMIT_LOG_FILE_BYTES = Integer.toString(64 * 1024 * 1024);

    Map<String, String> properties(String storeDirectory) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("brokerClusterName", cluster);
        properties.put("brokerName", name);
        properties.put("brokerId", "0");
        properties.put("brokerIP1", "127.0.0.1");
        properties.put("brokerIP2", "127.0.0.1");
        properties.put("listenPort", Integer.toString(port));
        properties.put("haListenPort", Integer.toString(haPort));
        properties.put("bindAddress", "127.0.0.1");
        properties.put("namesrvAddr", nameServers);
        properties.put("storePathRootDir", storeDirectory);
        properties.put("storePathCommitLog", storeDirectory + "/commitlog");
        properties.put("mappedFileSizeCommitLog", COMMIT_LOG_FILE_BYTES);
        properties.put("autoCreateTopicEnable", "true");
        properties.put("autoCreateSubscriptionGroup", "true");
        properties.putAll(settings);
        return properties;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }
}
