package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.session.LockAnswer;
import io.ternmq.remoting.protocol.session.LockRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Locks queues for a client that consumes in order (code 41). */
public final class LockQueuesProcessor implements RequestProcessor {
    private final QueueLeases leases;

    public LockQueuesProcessor(QueueLeases leases) {
        this.leases = leases;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        LockRequest lock = request.decode(SessionRpcs.LOCK_BATCH_MQ);
        LockAnswer answer =
                new LockAnswer(List.copyOf(leases.lock(lock.consumerGroup(), lock.clientId(), lock.queues())));
        return Response.success(SessionRpcs.LOCK_BATCH_MQ, answer).now();
    }
}
