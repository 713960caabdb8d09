package io.ternmq.broker.session;

import io.ternmq.remoting.protocol.session.LockRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Gives back queues that a client has locked (code 42). */
public final class UnlockQueuesProcessor implements RequestProcessor {
    private final QueueLeases leases;

    public UnlockQueuesProcessor(QueueLeases leases) {
        this.leases = leases;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        LockRequest lock = request.decode(SessionRpcs.UNLOCK_BATCH_MQ);
        leases.unlock(lock.consumerGroup(), lock.clientId(), lock.queues());
        return Response.success().now();
    }
}
