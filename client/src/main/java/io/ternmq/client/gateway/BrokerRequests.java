package io.ternmq.client.gateway;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.RunningInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What brokers ask of a client. Called by network threads, so nothing here may block. */
public interface BrokerRequests {

    /** Members joined or left a group: queues are to be shared out again. */
    void membersChanged(String group);

    /** Has a consumer of the group go on elsewhere with some of its queues. */
    void resetOffsets(String group, Map<MessageQueue, Long> offsets);

    /** How far a consumer of the group is with a topic; empty if there is none here. */
    Optional<Map<MessageQueue, Long>> positions(String group, String topic);

    /** How a consumer of the group is doing; empty if there is none here. */
    Optional<RunningInfo> runningInfo(String group, boolean withThreads);

    /** Consumes one message now; empty if no consumer of the group is here. */
    Optional<CompletableFuture<ConsumeOutcome>> consumeDirectly(ConsumeDirectlyRequest question);
}
