package io.ternmq.remoting.protocol.group;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.body.TextTable;
import java.util.Map;
import java.util.Set;

/**
 * How a broker treats a consumer group. Immutable.
 *
 * @param name the group
 * @param isConsumable whether it may read at all
 * @param mayStartAtMin whether a new group may begin at a queue's first message
 * @param mayBroadcast whether each member may read all messages
 * @param isOrdered whether it reads in order
 * @param retryQueues queues of its retry topic; 0 or less: nothing is retried
 * @param retryTimesMax how often a message is given again before it goes to the dead letters
 * @param retryPolicy of 5.x proxies, kept as it is
 * @param brokerId which broker of a name it is told to read from
 * @param brokerIdWhenSlow which one when it is far behind
 * @param notifiesMembers whether members hear of others that join and leave
 * @param sysFlag of the protocol, kept as it is
 * @param consumeTimeoutMinutes how long a member may take for a message
 * @param attributes further settings by name
 * @param unknown members that only other releases know; kept, and written back as they are
 */
public record GroupConfig(
        String name,
        boolean isConsumable,
        boolean mayStartAtMin,
        boolean mayBroadcast,
        boolean isOrdered,
        int retryQueues,
        int retryTimesMax,
        JsonObject retryPolicy,
        long brokerId,
        long brokerIdWhenSlow,
        boolean notifiesMembers,
        int sysFlag,
        int consumeTimeoutMinutes,
        Map<String, String> attributes,
        JsonObject unknown) {
    private static final int RETRY_QUEUES = 1;
    private static final int RETRY_TIMES_MAX = 16;
    private static final int CONSUME_TIMEOUT_MINUTES = 15;
    private static final JsonObject CUSTOMIZED = JsonObject.parse("{\"type\":\"CUSTOMIZED\"}");

    private static final Set<String> KNOWN = Set.of(
            "attributes",
            "brokerId",
            "consumeBroadcastEnable",
            "consumeEnable",
            "consumeFromMinEnable",
            "consumeMessageOrderly",
            "consumeTimeoutMinute",
            "groupName",
            "groupRetryPolicy",
            "groupSysFlag",
            "notifyConsumerIdsChangedEnable",
            "retryMaxTimes",
            "retryQueueNums",
            "whichBrokerWhenConsumeSlowly");

    public GroupConfig {
        attributes = Map.copyOf(attributes);
    }

    /** Without members that only other releases know. */
    public GroupConfig(
            String name,
            boolean isConsumable,
            boolean mayStartAtMin,
            boolean mayBroadcast,
            boolean isOrdered,
            int retryQueues,
            int retryTimesMax,
            JsonObject retryPolicy,
            long brokerId,
            long brokerIdWhenSlow,
            boolean notifiesMembers,
            int sysFlag,
            int consumeTimeoutMinutes,
            Map<String, String> attributes) {
        this(
                name,
                isConsumable,
                mayStartAtMin,
                mayBroadcast,
                isOrdered,
                retryQueues,
                retryTimesMax,
                retryPolicy,
                brokerId,
                brokerIdWhenSlow,
                notifiesMembers,
                sysFlag,
                consumeTimeoutMinutes,
                attributes,
                JsonObject.empty());
    }

    /** What a group has that nobody configured. */
    public static GroupConfig withDefaults(String name) {
        return new GroupConfig(
                name,
                true,
                true,
                true,
                false,
                RETRY_QUEUES,
                RETRY_TIMES_MAX,
                CUSTOMIZED,
                0,
                1,
                true,
                0,
                CONSUME_TIMEOUT_MINUTES,
                Map.of());
    }

    public void write(JsonWriter json) {
        json.beginObject().name("attributes");
        TextTable.writeTexts(json, attributes);
        json.member("brokerId", brokerId)
                .member("consumeBroadcastEnable", mayBroadcast)
                .member("consumeEnable", isConsumable)
                .member("consumeFromMinEnable", mayStartAtMin)
                .member("consumeMessageOrderly", isOrdered)
                .member("consumeTimeoutMinute", consumeTimeoutMinutes)
                .member("groupName", name)
                .name("groupRetryPolicy")
                .value(retryPolicy)
                .member("groupSysFlag", sysFlag)
                .member("notifyConsumerIdsChangedEnable", notifiesMembers)
                .member("retryMaxTimes", retryTimesMax)
                .member("retryQueueNums", retryQueues)
                .member("whichBrokerWhenConsumeSlowly", brokerIdWhenSlow);
        unknown.members().forEach(member -> json.name(member.name()).value(member.value()));
        json.endObject();
    }

    /** Reads a configuration; members that are absent have the protocol's defaults, but the name must be there. */
    public static GroupConfig read(JsonObject object) {
        return new GroupConfig(
                object.text("groupName"),
                object.flag("consumeEnable", true),
                object.flag("consumeFromMinEnable", true),
                object.flag("consumeBroadcastEnable", true),
                object.flag("consumeMessageOrderly", false),
                object.int32("retryQueueNums", RETRY_QUEUES),
                object.int32("retryMaxTimes", RETRY_TIMES_MAX),
                object.findObject("groupRetryPolicy").orElse(CUSTOMIZED),
                object.int64("brokerId", 0),
                object.int64("whichBrokerWhenConsumeSlowly", 1),
                object.flag("notifyConsumerIdsChangedEnable", true),
                object.int32("groupSysFlag", 0),
                object.int32("consumeTimeoutMinute", CONSUME_TIMEOUT_MINUTES),
                TextTable.readTexts(object.object("attributes")),
                object.without(KNOWN));
    }
}
