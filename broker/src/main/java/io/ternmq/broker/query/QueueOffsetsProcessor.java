package io.ternmq.broker.query;

import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.offset.OffsetAnswer;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.offset.QueueRequest;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/** Tells one end of a queue: the offset of its first message (code 31) or that of its next one (code 30). */
public final class QueueOffsetsProcessor implements RequestProcessor {
    private final Rpc<QueueRequest, OffsetAnswer> rpc;
    private final MessageStore store;
    private final ToLongFunction<QueueRange> end;

    private QueueOffsetsProcessor(
            Rpc<QueueRequest, OffsetAnswer> rpc, MessageStore store, ToLongFunction<QueueRange> end) {
        this.rpc = rpc;
        this.store = store;
        this.end = end;
    }

    public static QueueOffsetsProcessor ofNext(MessageStore store) {
        return new QueueOffsetsProcessor(OffsetRpcs.GET_MAX_OFFSET, store, QueueRange::maxOffset);
    }

    public static QueueOffsetsProcessor ofFirst(MessageStore store) {
        return new QueueOffsetsProcessor(OffsetRpcs.GET_MIN_OFFSET, store, QueueRange::minOffset);
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        QueueRequest query = request.decode(rpc);
        QueueRange range = store.range(new TopicQueue(query.topic(), query.queueId()));
        return Response.success(rpc, new OffsetAnswer(end.applyAsLong(range))).now();
    }
}
