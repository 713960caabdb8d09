package io.ternmq.client.consumer.rebalance;

import io.ternmq.client.gateway.FakeServers;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.offset.CommitOffsetRequest;
import io.ternmq.remoting.protocol.offset.CommittedOffsetRequest;
import io.ternmq.remoting.protocol.offset.OffsetAnswer;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.protocol.session.LockAnswer;
import io.ternmq.remoting.protocol.session.LockRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What brokers of every make do with leases and offsets, for tests; nothing ever arrives in its queues. */
final class LeasingBroker {
    private final Map<MessageQueue, String> leases = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>(); // by queue id

    void serve(FakeServers servers, String address) {
        servers.on(address, SessionRpcs.LOCK_BATCH_MQ, this::lock)
                .on(address, SessionRpcs.UNLOCK_BATCH_MQ, this::unlock)
                .on(address, OffsetRpcs.QUERY_CONSUMER_OFFSET, this::committed)
                .on(address, OffsetRpcs.UPDATE_CONSUMER_OFFSET, this::commit)
                .on(address, PullRpcs.PULL_MESSAGE, question -> new CompletableFuture<>());
    }

    Map<MessageQueue, String> leases() {
        return leases;
    }

    Map<Integer, Long> offsets() {
        return offsets;
    }

    private CompletableFuture<Reply> lock(LockRequest request) {
        List<MessageQueue> locked = request.queues().stream()
                .filter(queue -> leases.computeIfAbsent(queue, free -> request.clientId())
                        .equals(request.clientId()))
                .toList();
        return FakeServers.answer(SessionRpcs.LOCK_BATCH_MQ, new LockAnswer(locked));
    }

    private CompletableFuture<Reply> unlock(LockRequest request) {
        request.queues().forEach(queue -> leases.remove(queue, request.clientId()));
        return FakeServers.answer(SessionRpcs.UNLOCK_BATCH_MQ, Nothing.NOTHING);
    }

    private CompletableFuture<Reply> committed(CommittedOffsetRequest request) {
        Long offset = offsets.get(request.queueId());
        return offset == null
                ? FakeServers.refusal(ResponseCode.QUERY_NOT_FOUND, "nothing known")
                : FakeServers.answer(OffsetRpcs.QUERY_CONSUMER_OFFSET, new OffsetAnswer(offset));
    }

    private CompletableFuture<Reply> commit(CommitOffsetRequest request) {
        offsets.put(request.queueId(), request.offset());
        return FakeServers.answer(OffsetRpcs.UPDATE_CONSUMER_OFFSET, Nothing.NOTHING);
    }
}
