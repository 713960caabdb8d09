package io.ternmq.broker.query;

import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.offset.QueueRequest;
import io.ternmq.remoting.protocol.offset.StoreTimeAnswer;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Tells when the first message of a queue was stored (code 32). May wait for the disk: for a lane that may. */
public final class EarliestStoreTimeProcessor implements RequestProcessor {
    private final MessageStore store;

    public EarliestStoreTimeProcessor(MessageStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        QueueRequest query = request.decode(OffsetRpcs.GET_EARLIEST_MSG_STORETIME);
        TopicQueue queue = new TopicQueue(query.topic(), query.queueId());
        long storedMillis =
                store.storeMillis(queue, store.range(queue).minOffset()).orElse(StoreTimeAnswer.NONE);
        return Response.success(OffsetRpcs.GET_EARLIEST_MSG_STORETIME, new StoreTimeAnswer(storedMillis))
                .now();
    }
}
