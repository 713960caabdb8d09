package io.ternmq.broker.topic;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicNames;
import java.util.List;
import java.util.Optional;

/**
 * Which topics may exist, how new ones come to be, and what clients may do with all of them.
 *
 * @param permission bits of {@link Permission} that hold for every topic of this broker beside its own; key
 *     {@code brokerPermission}, default 6
 * @param isAutoCreated whether a send to an unknown topic makes it in the image of a template; key
 *     {@code autoCreateTopicEnable}, default true
 * @param templateQueues queues of the template {@code TBW102}, and so the most that a topic made by a send gets; key
 *     {@code defaultTopicQueueNums}, default 8
 * @param isClusterTemplate whether the topic named after the cluster may be read, written and serve as a template; key
 *     {@code clusterTopicEnable}, default true
 * @param isBrokerTemplate the same of the topic named after the broker; key {@code brokerTopicEnable}, default true
 * @param topicsMax topics that may exist at one time; key {@code maxTopicCount}, default 50000
 * @param traceTopic made at the start for the traces of clients, with one queue; none unless {@code traceTopicEnable} is
 *     true, default false; its name by key {@code msgTraceTopicName}, default {@code RMQ_SYS_TRACE_TOPIC}
 */
public record TopicsConfig(
        int permission,
        boolean isAutoCreated,
        int templateQueues,
        boolean isClusterTemplate,
        boolean isBrokerTemplate,
        int topicsMax,
        Optional<String> traceTopic) {
    static final Setting<Integer> PERMISSION = Setting.integer("brokerPermission", Permission.READ_WRITE)
            .between(0, Permission.ALL)
            .changeable();
    static final Setting<Boolean> AUTO_CREATED =
            Setting.flag("autoCreateTopicEnable", true).changeable();
    static final Setting<Integer> TEMPLATE_QUEUES =
            Setting.integer("defaultTopicQueueNums", 8).between(1, Topics.QUEUES_MAX);
    static final Setting<Boolean> CLUSTER_TEMPLATE = Setting.flag("clusterTopicEnable", true);
    static final Setting<Boolean> BROKER_TEMPLATE = Setting.flag("brokerTopicEnable", true);
    static final Setting<Integer> TOPICS_MAX =
            Setting.integer("maxTopicCount", 50_000).between(16, 1_000_000).changeable();

    static final Setting<Boolean> TRACED = Setting.flag("traceTopicEnable", false);
    static final Setting<String> TRACE_TOPIC = Setting.text("msgTraceTopicName", TopicNames.TRACE);

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(
            PERMISSION,
            AUTO_CREATED,
            TEMPLATE_QUEUES,
            CLUSTER_TEMPLATE,
            BROKER_TEMPLATE,
            TOPICS_MAX,
            TRACED,
            TRACE_TOPIC);

    public static TopicsConfig from(Settings settings) {
        return new TopicsConfig(
                settings.get(PERMISSION),
                settings.get(AUTO_CREATED),
                settings.get(TEMPLATE_QUEUES),
                settings.get(CLUSTER_TEMPLATE),
                settings.get(BROKER_TEMPLATE),
                settings.get(TOPICS_MAX),
                settings.get(TRACED) ? Optional.of(settings.get(TRACE_TOPIC)) : Optional.empty());
    }
}
