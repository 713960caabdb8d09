package io.ternmq.broker.reset;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.offset.ConsumerOffsets.CommitOutcome;
import io.ternmq.broker.reset.ResetOutcome.Done;
import io.ternmq.broker.reset.ResetOutcome.Refusal;
import io.ternmq.broker.reset.ResetOutcome.Refused;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.ConsumerMembers;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.topic.Topics;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.offset.ResetByTimeRequest;
import io.ternmq.remoting.protocol.session.ResetOffsetsRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends groups elsewhere in a topic. Stateless; may wait for the disk.
 *
 * <p>By default the broker itself notes where the group goes on and answers the group's next pull of each queue with that
 * offset, which every client takes for its own: nobody need be connected, and members that are wait at most for the pull
 * under way, which is woken. Otherwise the members that are connected are told to stop, forget, and go on there.
 */
public final class OffsetResets {
    private static final Logger log = LoggerFactory.getLogger(OffsetResets.class);

    private final Topics topics;
    private final ConsumerGroups groups;
    private final ConsumerOffsets offsets;
    private final ClientSessions sessions;
    private final ResetTargets targets;
    private final ResetMode mode;
    private final String brokerName;

    /** @param brokerName names the queues to clients */
    public OffsetResets(
            Topics topics,
            ConsumerGroups groups,
            ConsumerOffsets offsets,
            ClientSessions sessions,
            ResetTargets targets,
            ResetMode mode,
            String brokerName) {
        this.topics = topics;
        this.groups = groups;
        this.offsets = offsets;
        this.sessions = sessions;
        this.targets = targets;
        this.mode = mode;
        this.brokerName = brokerName;
    }

    /** @param isListWanted whether members, if they are told, are clients that cannot read objects as names */
    ResetOutcome reset(ResetByTimeRequest wanted, boolean isListWanted) {
        Optional<TopicConfig> topic = topics.find(wanted.topic());
        if (topic.isEmpty()) {
            return new Refused(Refusal.UNKNOWN_TOPIC, "Topic " + wanted.topic() + " does not exist on this broker");
        }
        if (groups.find(wanted.group()).isEmpty()) {
            return new Refused(Refusal.UNKNOWN_GROUP, "Group " + wanted.group() + " does not exist on this broker");
        }
        int queues = Math.max(topic.get().readQueues(), topic.get().writeQueues());
        if (wanted.queueId() >= queues) {
            return new Refused(
                    Refusal.BAD_QUEUE,
                    "Queue " + wanted.queueId() + " does not exist: topic " + wanted.topic() + " has " + queues);
        }
        return mode.isByServer()
                ? noted(wanted, targetsOf(wanted, queues))
                : told(wanted, targetsOf(wanted, queues), isListWanted);
    }

    private Map<MessageQueue, Long> targetsOf(ResetByTimeRequest wanted, int queues) {
        Map<MessageQueue, Long> all = new LinkedHashMap<>();
        int first = Math.max(wanted.queueId(), 0);
        int end = wanted.queueId() < 0 ? queues : first + 1;
        for (int queueId = first; queueId < end; queueId++) {
            all.put(
                    new MessageQueue(wanted.topic(), brokerName, queueId),
                    targets.of(wanted, new TopicQueue(wanted.topic(), queueId)));
        }
        return all;
    }

    private ResetOutcome noted(ResetByTimeRequest wanted, Map<MessageQueue, Long> all) {
        for (Map.Entry<MessageQueue, Long> target : all.entrySet()) {
            int queueId = target.getKey().getQueueId();
            if (offsets.reset(wanted.group(), wanted.topic(), queueId, target.getValue()) == CommitOutcome.TABLE_FULL) {
                return new Refused(
                        Refusal.TABLE_FULL,
                        "As many consumer offsets are kept as may (maxConsumerOffsetCount); queues below " + queueId
                                + " have been reset");
            }
            mode.wake(new TopicQueue(wanted.topic(), queueId));
        }
        log.info("Group reset. group={} topic={} offsets={}", wanted.group(), wanted.topic(), all.values());
        return new Done(all);
    }

    private ResetOutcome told(ResetByTimeRequest wanted, Map<MessageQueue, Long> all, boolean isListWanted) {
        Optional<ConsumerMembers> members = sessions.consumers(wanted.group());
        if (members.isEmpty()) {
            return new Refused(
                    Refusal.NO_MEMBER,
                    "Consumer not online: no member of " + wanted.group()
                            + " is connected that could go on elsewhere (useServerSideResetOffset=false)");
        }
        ResetOffsetsRequest notice = new ResetOffsetsRequest(
                wanted.topic(), wanted.group(), wanted.timestampMillis(), wanted.isForced(), all, isListWanted);
        members.get()
                .members()
                .forEach(member -> member.connection().oneWay(SessionRpcs.RESET_CONSUMER_CLIENT_OFFSET, notice));
        log.info("Members told to go on elsewhere. group={} topic={}", wanted.group(), wanted.topic());
        return new Done(all);
    }
}
