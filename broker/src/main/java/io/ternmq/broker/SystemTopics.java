package io.ternmq.broker;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.group.GroupOutcome;
import io.ternmq.broker.topic.TopicOutcome;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.topic.TopicsConfig;
import io.ternmq.common.topic.GroupNames;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.group.GroupConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The topics and groups that every broker of this protocol has from its start. Those of capabilities that are not built
 * are left out. At least two topics come of it, since name servers take no first registration of a single one.
 */
final class SystemTopics {
    private static final int CLUSTER_QUEUES = 16;
    private static final int SCHEDULE_QUEUES_MIN = 18;
    private static final List<String> GROUPS = List.of(
            GroupNames.TOOLS,
            GroupNames.SELF_TEST_CONSUMER,
            GroupNames.FILTER_SERVER,
            "CID_ONS-HTTP-PROXY",
            "CID_ONSAPI_PERMISSION",
            "CID_ONSAPI_OWNER",
            "CID_ONSAPI_PULL");

    private SystemTopics() {}

    /**
     * Makes those that do not exist yet and waits until they are saved.
     *
     * @param delayLevels how many there are, each with a queue
     * @throws IOException if one cannot be made; the message says why
     */
    static void ensure(
            Topics topics, ConsumerGroups groups, IdentityConfig identity, TopicsConfig config, int delayLevels)
            throws IOException {
        Optional<TopicOutcome.Refused> noTopics = topics.ensureAll(topics(identity, config, delayLevels))
                .toCompletableFuture()
                .join();
        if (noTopics.isPresent()) {
            throw new IOException(
                    "System topics cannot be made: " + noTopics.get().detail());
        }
        Optional<GroupOutcome.Refused> noGroups = groups.ensureAll(
                        GROUPS.stream().map(GroupConfig::withDefaults).toList())
                .toCompletableFuture()
                .join();
        if (noGroups.isPresent()) {
            throw new IOException(
                    "System groups cannot be made: " + noGroups.get().detail());
        }
    }

    private static List<TopicConfig> topics(IdentityConfig identity, TopicsConfig config, int delayLevels) {
        List<TopicConfig> topics = new ArrayList<>();
        topics.add(TopicConfig.of(TopicNames.SELF_TEST, 1));
        topics.add(TopicConfig.of(TopicNames.SCHEDULE, Math.max(SCHEDULE_QUEUES_MIN, delayLevels)));
        if (config.isAutoCreated()) {
            topics.add(TopicConfig.of(TopicNames.AUTO_CREATE_TEMPLATE, config.templateQueues(), Permission.ALL));
        }
        config.traceTopic().ifPresent(name -> topics.add(TopicConfig.of(name, 1)));
        topics.add(TopicConfig.of(identity.cluster(), CLUSTER_QUEUES, templatePermission(config.isClusterTemplate())));
        topics.add(TopicConfig.of(identity.name(), 1, templatePermission(config.isBrokerTemplate())));
        return topics;
    }

    private static int templatePermission(boolean isOpen) {
        return isOpen ? Permission.ALL : Permission.INHERIT;
    }
}
