package io.ternmq.client.session;

import io.ternmq.client.gateway.BrokerRequests;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.ConsumeOutcome;
import io.ternmq.remoting.protocol.session.RunningInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Brings what brokers ask to the member of the group. Stateless. */
final class InboundCalls implements BrokerRequests {
    private final Members members;

    InboundCalls(Members members) {
        this.members = members;
    }

    @Override
    public void membersChanged(String group) {
        members.consumer(group).ifPresent(ConsumerMember::shareOutAgain);
    }

    @Override
    public void resetOffsets(String group, Map<MessageQueue, Long> offsets) {
        members.consumer(group).ifPresent(member -> member.resetOffsets(offsets));
    }

    @Override
    public Optional<Map<MessageQueue, Long>> positions(String group, String topic) {
        return members.consumer(group).map(member -> member.positions(topic));
    }

    @Override
    public Optional<RunningInfo> runningInfo(String group, boolean withThreads) {
        return members.consumer(group).map(member -> member.runningInfo(withThreads));
    }

    @Override
    public Optional<CompletableFuture<ConsumeOutcome>> consumeDirectly(ConsumeDirectlyRequest question) {
        return members.consumer(question.consumerGroup()).map(member -> member.consumeDirectly(question));
    }
}
