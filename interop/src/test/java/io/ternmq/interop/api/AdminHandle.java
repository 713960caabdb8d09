package io.ternmq.interop.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A started administrator. Addresses are {@code ip:port} of a broker. Every method may throw {@link ClientFailure}. */
public interface AdminHandle extends AutoCloseable {
    void createTopic(String brokerAddress, TopicSpec topic);

    Optional<TopicSpec> topic(String brokerAddress, String topic);

    Set<String> topicsOfBroker(String brokerAddress);

    Set<String> topics();

    Set<String> topicsOfCluster(String cluster);

    void deleteTopic(String topic, String cluster);

    /** Returns the queues by broker that clients are told of. */
    Map<String, TopicSpec> route(String topic);

    /** Returns the addresses by broker name and broker id. */
    Map<String, Map<Long, String>> brokers();

    Map<String, Set<String>> clusters();

    Map<Queue, QueueSpan> topicStatistics(String topic);

    Map<Queue, Progress> consumeProgress(String group);

    Map<String, String> brokerConfig(String brokerAddress);

    void updateBrokerConfig(String brokerAddress, Map<String, String> changes);

    Map<String, String> brokerRuntime(String brokerAddress);

    Map<String, String> nameServerConfig(String nameServer);

    void updateNameServerConfig(String nameServer, Map<String, String> changes);

    int wipeWritePermission(String nameServer, String broker);

    int addWritePermission(String nameServer, String broker);

    void putKv(String namespace, String key, String value);

    String kv(String namespace, String key);

    Map<String, String> kvs(String namespace);

    void deleteKv(String namespace, String key);

    void createGroup(String brokerAddress, GroupSpec group);

    Optional<GroupSpec> group(String brokerAddress, String group);

    Set<String> groups(String brokerAddress);

    void deleteGroup(String brokerAddress, String group);

    List<Peer> producers(String group, String topic);

    ConsumerPeers consumers(String group);

    /** Asks each member of a group for the queues of a topic that it has now; by client id. */
    Map<String, Set<Queue>> ownedQueues(String group, String topic);

    long minOffset(Queue queue);

    long maxOffset(Queue queue);

    long searchOffset(Queue queue, long timestampMillis);

    long earliestStoreTime(Queue queue);

    /** Messages with a key, stored in a time; none found is an empty list. */
    List<Received> messagesByKey(String topic, String key, int countMax, long fromMillis, long toMillis);

    /** Messages with a unique key; none found is an empty list. */
    List<Received> messagesByUniqueKey(String cluster, String topic, String uniqueKey);

    /** The message with an id, the client's or the broker's. */
    Received messageById(String topic, String id);

    /** What the trace topic says of a message, as {@code mqadmin queryMsgTraceById} decodes it; in no order. */
    List<TraceLine> traces(String traceTopic, String messageId);

    void updateConsumeOffset(String brokerAddress, String group, Queue queue, long offset);

    /** Sends a group elsewhere in all queues of a topic; returns where it goes on. */
    Map<Queue, Long> resetOffsets(String topic, String group, long timestampMillis, boolean isForced);

    /** Sends a group elsewhere in one queue. */
    void resetOffset(String brokerAddress, String group, Queue queue, long offset);

    /** Asks members how far they are: all, if the client id is empty. Returns offsets by client id and queue. */
    Map<String, Map<Queue, Long>> consumerStatus(String topic, String group, String clientId);

    void cloneOffsets(String fromGroup, String toGroup, String topic, boolean isOffline);

    Set<String> whoConsumes(String topic);

    List<QueueTimes> consumeTimes(String topic, String group);

    ConsumerState consumerState(String group, String clientId, boolean withThreads);

    /** Has a member consume one message now; returns such as {@code CR_SUCCESS}. */
    String consumeDirectly(String group, String clientId, String topic, String messageId);

    /** Returns messages that a broker has stored a second. */
    double topicPutRate(String brokerAddress, String topic);

    /** Returns messages read a second. */
    double consumeRate(String group);

    @Override
    void close();

    /**
     * A step in the life of a message.
     *
     * @param kind {@code Pub}, {@code SubBefore} or {@code SubAfter}
     * @param group of the producer or the consumer
     * @param requestId of a consumer's call
     * @param topic empty unless it is a {@code Pub}
     * @param tags likewise
     * @param keys of the message; what stands for none differs
     * @param bodyBytes likewise 0
     * @param offsetMessageId likewise empty
     * @param isSuccess whether it was stored, or consumed
     * @param ending how a consumer's call ended, as a number
     */
    record TraceLine(
            String kind,
            String group,
            String requestId,
            String topic,
            String tags,
            String keys,
            int bodyBytes,
            String offsetMessageId,
            boolean isSuccess,
            int ending) {}

    /**
     * From when the messages of a queue are, and where a group is between them.
     *
     * @param queue the queue
     * @param firstMillis store time of its first message
     * @param lastMillis store time of its last message
     * @param consumedMillis store time of the last one that the group has consumed
     * @param delayMillis how long the next one has been there
     */
    record QueueTimes(Queue queue, long firstMillis, long lastMillis, long consumedMillis, long delayMillis) {}

    /**
     * How a consumer is doing.
     *
     * @param properties by the names that tools know
     * @param queues those that it has
     * @param threads dump of its threads, empty if not asked for
     */
    record ConsumerState(Map<String, String> properties, Set<Queue> queues, String threads) {}

    /**
     * Settings of a topic.
     *
     * @param name of the topic
     * @param readQueues queues that may be read
     * @param writeQueues queues that may be written
     * @param permission 4: read, 2: write
     */
    record TopicSpec(String name, int readQueues, int writeQueues, int permission) {}

    /**
     * Settings of a consumer group.
     *
     * @param name of the group
     * @param consumeEnabled whether it may consume
     * @param retryQueues queues of its retry topic
     * @param retryMax deliveries before a message is given up
     */
    record GroupSpec(String name, boolean consumeEnabled, int retryQueues, int retryMax) {}

    /**
     * What lies in a queue.
     *
     * @param minOffset of the first message
     * @param maxOffset after the last message
     * @param lastUpdateMillis store time of the last message, 0: none
     */
    record QueueSpan(long minOffset, long maxOffset, long lastUpdateMillis) {}

    /**
     * How far a group is in a queue.
     *
     * @param brokerOffset after the last message
     * @param consumerOffset committed by the group
     */
    record Progress(long brokerOffset, long consumerOffset) {}

    /**
     * A connected client.
     *
     * @param clientId as it named itself
     * @param address as the broker sees it
     * @param language such as {@code JAVA}
     * @param version number of its release
     */
    record Peer(String clientId, String address, String language, int version) {}

    /**
     * The members of a consumer group.
     *
     * @param consumeType such as {@code CONSUME_PASSIVELY}
     * @param messageModel such as {@code CLUSTERING}
     * @param subscriptions topic to expression
     * @param peers one for each member
     */
    record ConsumerPeers(
            String consumeType, String messageModel, Map<String, String> subscriptions, List<Peer> peers) {}
}
