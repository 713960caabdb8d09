package io.ternmq.client.session;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.RunningInfo;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A consumer as its client tells brokers of it. Called by timers and network threads; must not block. */
public interface ConsumerMember {

    String group();

    /** What heartbeats say. */
    ConsumerMembership membership();

    /** Queues are to be shared out again: members joined or left, or topics moved. */
    void shareOutAgain();

    /** Goes on elsewhere with those of the queues that it has. */
    void resetOffsets(Map<MessageQueue, Long> offsets);

    /** How far it is with a topic, by queue. */
    Map<MessageQueue, Long> positions(String topic);

    /** How the consumer is doing. */
    RunningInfo runningInfo(boolean withThreads);

    /** Has the application consume one message now. */
    CompletableFuture<ConsumeOutcome> consumeDirectly(ConsumeDirectlyRequest question);
}
