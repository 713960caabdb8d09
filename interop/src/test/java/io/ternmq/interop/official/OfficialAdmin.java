package io.ternmq.interop.official;

import static io.ternmq.interop.official.Failures.translated;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.ClientFailure;
import io.ternmq.interop.api.Queue;
import io.ternmq.interop.api.Received;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.QueryResult;
import org.apache.rocketmq.client.trace.TraceBean;
import org.apache.rocketmq.client.trace.TraceContext;
import org.apache.rocketmq.client.trace.TraceDataEncoder;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.body.Connection;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** A started {@link DefaultMQAdminExt} of 5.5.0, as mqadmin uses it. */
public final class OfficialAdmin implements AdminHandle {
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final int TOPIC_NOT_EXIST = 17;
    private static final int GROUP_NOT_EXIST = 26;
    private static final int QUERY_NOT_FOUND = 208; // the client's own code, whatever the brokers answered

    private final DefaultMQAdminExt admin;

    /**
     * Connects.
     *
     * @param nameServers such as {@code 127.0.0.1:9876}
     */
    public OfficialAdmin(String nameServers) {
        admin = new DefaultMQAdminExt(TIMEOUT_MILLIS);
        admin.setNamesrvAddr(nameServers);
        admin.setInstanceName("admin-" + System.identityHashCode(this));
        translated(admin::start);
    }

    @Override
    public void createTopic(String brokerAddress, TopicSpec topic) {
        TopicConfig config = new TopicConfig(topic.name(), topic.readQueues(), topic.writeQueues(), topic.permission());
        translated(() -> admin.createAndUpdateTopicConfig(brokerAddress, config));
    }

    @Override
    public Optional<TopicSpec> topic(String brokerAddress, String topic) {
        return unless(TOPIC_NOT_EXIST, () -> admin.examineTopicConfig(brokerAddress, topic))
                .map(OfficialAdmin::spec);
    }

    private static TopicSpec spec(TopicConfig config) {
        return new TopicSpec(
                config.getTopicName(), config.getReadQueueNums(), config.getWriteQueueNums(), config.getPerm());
    }

    private static <T> Optional<T> unless(int code, Callable<T> call) {
        try {
            return Optional.ofNullable(translated(call));
        } catch (ClientFailure failure) {
            if (failure.code() == code) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public Set<String> topicsOfBroker(String brokerAddress) {
        return translated(() -> Set.copyOf(admin.getAllTopicConfig(brokerAddress, TIMEOUT_MILLIS)
                .getTopicConfigTable()
                .keySet()));
    }

    @Override
    public Set<String> topics() {
        return translated(() -> admin.fetchAllTopicList().getTopicList());
    }

    @Override
    public Set<String> topicsOfCluster(String cluster) {
        return translated(() -> admin.fetchTopicsByCLuster(cluster).getTopicList());
    }

    @Override
    public void deleteTopic(String topic, String cluster) {
        translated(() -> admin.deleteTopic(topic, cluster));
    }

    @Override
    public Map<String, TopicSpec> route(String topic) {
        return translated(() -> {
            Map<String, TopicSpec> byBroker = new HashMap<>();
            admin.examineTopicRouteInfo(topic)
                    .getQueueDatas()
                    .forEach(queues -> byBroker.put(
                            queues.getBrokerName(),
                            new TopicSpec(
                                    topic, queues.getReadQueueNums(), queues.getWriteQueueNums(), queues.getPerm())));
            return byBroker;
        });
    }

    @Override
    public Map<String, Map<Long, String>> brokers() {
        return translated(() -> {
            Map<String, Map<Long, String>> addresses = new HashMap<>();
            admin.examineBrokerClusterInfo()
                    .getBrokerAddrTable()
                    .forEach((name, broker) -> addresses.put(name, new HashMap<>(broker.getBrokerAddrs())));
            return addresses;
        });
    }

    @Override
    public Map<String, Set<String>> clusters() {
        return translated(() -> new HashMap<>(admin.examineBrokerClusterInfo().getClusterAddrTable()));
    }

    @Override
    public Map<Queue, QueueSpan> topicStatistics(String topic) {
        return translated(() -> {
            Map<Queue, QueueSpan> spans = new HashMap<>();
            admin.examineTopicStats(topic)
                    .getOffsetTable()
                    .forEach((queue, span) -> spans.put(
                            Messages.queue(queue),
                            new QueueSpan(span.getMinOffset(), span.getMaxOffset(), span.getLastUpdateTimestamp())));
            return spans;
        });
    }

    @Override
    public Map<Queue, Progress> consumeProgress(String group) {
        return translated(() -> {
            Map<Queue, Progress> progress = new HashMap<>();
            admin.examineConsumeStats(group)
                    .getOffsetTable()
                    .forEach((queue, offsets) -> progress.put(
                            Messages.queue(queue),
                            new Progress(offsets.getBrokerOffset(), offsets.getConsumerOffset())));
            return progress;
        });
    }

    @Override
    public Map<String, String> brokerConfig(String brokerAddress) {
        return translated(() -> map(admin.getBrokerConfig(brokerAddress)));
    }

    @Override
    public void updateBrokerConfig(String brokerAddress, Map<String, String> changes) {
        translated(() -> admin.updateBrokerConfig(brokerAddress, properties(changes)));
    }

    @Override
    public Map<String, String> brokerRuntime(String brokerAddress) {
        return translated(
                () -> Map.copyOf(admin.fetchBrokerRuntimeStats(brokerAddress).getTable()));
    }

    @Override
    public Map<String, String> nameServerConfig(String nameServer) {
        return translated(
                () -> map(admin.getNameServerConfig(List.of(nameServer)).get(nameServer)));
    }

    @Override
    public void updateNameServerConfig(String nameServer, Map<String, String> changes) {
        translated(() -> admin.updateNameServerConfig(properties(changes), List.of(nameServer)));
    }

    private static Map<String, String> map(Properties properties) {
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    private static Properties properties(Map<String, String> map) {
        Properties properties = new Properties();
        properties.putAll(map);
        return properties;
    }

    @Override
    public int wipeWritePermission(String nameServer, String broker) {
        return translated(() -> admin.wipeWritePermOfBroker(nameServer, broker));
    }

    @Override
    public int addWritePermission(String nameServer, String broker) {
        return translated(() -> admin.addWritePermOfBroker(nameServer, broker));
    }

    @Override
    public void putKv(String namespace, String key, String value) {
        translated(() -> admin.createAndUpdateKvConfig(namespace, key, value));
    }

    @Override
    public String kv(String namespace, String key) {
        return translated(() -> admin.getKVConfig(namespace, key));
    }

    @Override
    public Map<String, String> kvs(String namespace) {
        return translated(() -> Map.copyOf(admin.getKVListByNamespace(namespace).getTable()));
    }

    @Override
    public void deleteKv(String namespace, String key) {
        translated(() -> admin.deleteKvConfig(namespace, key));
    }

    @Override
    public void createGroup(String brokerAddress, GroupSpec group) {
        SubscriptionGroupConfig config = new SubscriptionGroupConfig();
        config.setGroupName(group.name());
        config.setConsumeEnable(group.consumeEnabled());
        config.setRetryQueueNums(group.retryQueues());
        config.setRetryMaxTimes(group.retryMax());
        translated(() -> admin.createAndUpdateSubscriptionGroupConfig(brokerAddress, config));
    }

    @Override
    public Optional<GroupSpec> group(String brokerAddress, String group) {
        return unless(GROUP_NOT_EXIST, () -> admin.examineSubscriptionGroupConfig(brokerAddress, group))
                .map(config -> new GroupSpec(
                        config.getGroupName(),
                        config.isConsumeEnable(),
                        config.getRetryQueueNums(),
                        config.getRetryMaxTimes()));
    }

    @Override
    public Set<String> groups(String brokerAddress) {
        return translated(() -> Set.copyOf(admin.getAllSubscriptionGroup(brokerAddress, TIMEOUT_MILLIS)
                .getSubscriptionGroupTable()
                .keySet()));
    }

    @Override
    public void deleteGroup(String brokerAddress, String group) {
        translated(() -> admin.deleteSubscriptionGroup(brokerAddress, group, true));
    }

    @Override
    public List<Peer> producers(String group, String topic) {
        return translated(
                () -> peers(admin.examineProducerConnectionInfo(group, topic).getConnectionSet()));
    }

    @Override
    public ConsumerPeers consumers(String group) {
        return translated(() -> {
            var connections = admin.examineConsumerConnectionInfo(group);
            Map<String, String> subscriptions = new HashMap<>();
            connections
                    .getSubscriptionTable()
                    .forEach((topic, subscription) -> subscriptions.put(topic, subscription.getSubString()));
            return new ConsumerPeers(
                    connections.getConsumeType().name(),
                    connections.getMessageModel().name(),
                    subscriptions,
                    peers(connections.getConnectionSet()));
        });
    }

    @Override
    public Map<String, Set<Queue>> ownedQueues(String group, String topic) {
        Map<String, Set<Queue>> owned = new HashMap<>();
        for (Peer member : consumers(group).peers()) {
            owned.put(
                    member.clientId(),
                    translated(() ->
                            admin.getConsumerRunningInfo(group, member.clientId(), false).getMqTable().keySet().stream()
                                    .filter(queue -> queue.getTopic().equals(topic))
                                    .map(Messages::queue)
                                    .collect(Collectors.toSet())));
        }
        return owned;
    }

    private static List<Peer> peers(Set<Connection> connections) {
        List<Peer> peers = new ArrayList<>();
        for (Connection each : new HashSet<>(connections)) {
            peers.add(new Peer(
                    each.getClientId(), each.getClientAddr(), each.getLanguage().name(), each.getVersion()));
        }
        return peers;
    }

    @Override
    public long minOffset(Queue queue) {
        return translated(() -> admin.minOffset(Messages.official(queue)));
    }

    @Override
    public long maxOffset(Queue queue) {
        return translated(() -> admin.maxOffset(Messages.official(queue)));
    }

    @Override
    public long searchOffset(Queue queue, long timestampMillis) {
        return translated(() -> admin.searchOffset(Messages.official(queue), timestampMillis));
    }

    @Override
    public long earliestStoreTime(Queue queue) {
        return translated(() -> admin.earliestMsgStoreTime(Messages.official(queue)));
    }

    @Override
    public List<Received> messagesByKey(String topic, String key, int countMax, long fromMillis, long toMillis) {
        return found(() -> admin.queryMessage(topic, key, countMax, fromMillis, toMillis));
    }

    @Override
    public List<Received> messagesByUniqueKey(String cluster, String topic, String uniqueKey) {
        return found(() -> admin.queryMessageByUniqKey(cluster, topic, uniqueKey, 32, 0, Long.MAX_VALUE));
    }

    private static List<Received> found(Callable<QueryResult> query) {
        return unless(QUERY_NOT_FOUND, query)
                .map(result -> Messages.received(result.getMessageList()))
                .orElse(List.of());
    }

    @Override
    public Received messageById(String topic, String id) {
        return translated(() -> Messages.received(admin.viewMessage(topic, id)));
    }

    @Override
    public List<TraceLine> traces(String traceTopic, String messageId) {
        return unless(QUERY_NOT_FOUND, () -> admin.queryMessage(traceTopic, messageId, 64, 0, Long.MAX_VALUE))
                .map(result -> result.getMessageList().stream()
                        .flatMap(
                                message -> TraceDataEncoder.decoderFromTraceDataString(
                                        new String(message.getBody(), StandardCharsets.UTF_8))
                                        .stream())
                        .flatMap(context -> context.getTraceBeans().stream()
                                .filter(bean -> bean.getMsgId().equals(messageId))
                                .map(bean -> line(context, bean)))
                        .toList())
                .orElse(List.of());
    }

    private static TraceLine line(TraceContext context, TraceBean bean) {
        return new TraceLine(
                context.getTraceType().name(),
                Objects.toString(context.getGroupName(), ""),
                context.getRequestId(),
                bean.getTopic(),
                bean.getTags(),
                bean.getKeys(),
                bean.getBodyLength(),
                bean.getOffsetMsgId(),
                context.isSuccess(),
                context.getContextCode());
    }

    @Override
    public void updateConsumeOffset(String brokerAddress, String group, Queue queue, long offset) {
        translated(() -> admin.updateConsumeOffset(brokerAddress, group, Messages.official(queue), offset));
    }

    @Override
    public Map<Queue, Long> resetOffsets(String topic, String group, long timestampMillis, boolean isForced) {
        return translated(() -> offsets(admin.resetOffsetByTimestamp(topic, group, timestampMillis, isForced)));
    }

    @Override
    public void resetOffset(String brokerAddress, String group, Queue queue, long offset) {
        translated(() -> admin.resetOffsetByQueueId(brokerAddress, group, queue.topic(), queue.id(), offset));
    }

    @Override
    public Map<String, Map<Queue, Long>> consumerStatus(String topic, String group, String clientId) {
        return translated(() -> {
            Map<String, Map<Queue, Long>> status = new HashMap<>();
            admin.getConsumeStatus(topic, group, clientId)
                    .forEach((client, queues) -> status.put(client, offsets(queues)));
            return status;
        });
    }

    private static Map<Queue, Long> offsets(Map<MessageQueue, Long> official) {
        Map<Queue, Long> offsets = new HashMap<>();
        official.forEach((queue, offset) -> offsets.put(Messages.queue(queue), offset));
        return offsets;
    }

    @Override
    public void cloneOffsets(String fromGroup, String toGroup, String topic, boolean isOffline) {
        translated(() -> admin.cloneGroupOffset(fromGroup, toGroup, topic, isOffline));
    }

    @Override
    public Set<String> whoConsumes(String topic) {
        return translated(() -> Set.copyOf(admin.queryTopicConsumeByWho(topic).getGroupList()));
    }

    @Override
    public List<QueueTimes> consumeTimes(String topic, String group) {
        return translated(() -> admin.queryConsumeTimeSpan(topic, group).stream()
                .map(span -> new QueueTimes(
                        Messages.queue(span.getMessageQueue()),
                        span.getMinTimeStamp(),
                        span.getMaxTimeStamp(),
                        span.getConsumeTimeStamp(),
                        span.getDelayTime()))
                .toList());
    }

    @Override
    public ConsumerState consumerState(String group, String clientId, boolean withThreads) {
        return translated(() -> {
            var info = admin.getConsumerRunningInfo(group, clientId, withThreads);
            Set<Queue> queues = new HashSet<>();
            info.getMqTable().keySet().forEach(queue -> queues.add(Messages.queue(queue)));
            String threads = info.getJstack() == null ? "" : info.getJstack();
            return new ConsumerState(map(info.getProperties()), queues, threads);
        });
    }

    @Override
    public String consumeDirectly(String group, String clientId, String topic, String messageId) {
        return translated(() -> admin.consumeMessageDirectly(group, clientId, topic, messageId)
                .getConsumeResult()
                .name());
    }

    @Override
    public double topicPutRate(String brokerAddress, String topic) {
        // Asked about all brokers, the tool leaves the rate out of the sum.
        return translated(() -> admin.examineTopicStats(brokerAddress, topic).getTopicPutTps());
    }

    @Override
    public double consumeRate(String group) {
        return translated(() -> admin.examineConsumeStats(group).getConsumeTps());
    }

    @Override
    public void close() {
        admin.shutdown();
    }
}
