package io.ternmq.broker.query;

import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.TimeBoundary;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.remoting.protocol.offset.OffsetAnswer;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.offset.SearchOffsetRequest;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Finds the offset that belongs to a store time (code 29). May wait for the disk: for a lane that may. */
public final class OffsetByTimeProcessor implements RequestProcessor {
    private final MessageStore store;

    public OffsetByTimeProcessor(MessageStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        SearchOffsetRequest search = request.decode(OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP);
        long offset = store.offsetAt(
                new TopicQueue(search.topic(), search.queueId()),
                search.timestampMillis(),
                search.isUpper() ? TimeBoundary.UPPER : TimeBoundary.LOWER);
        return Response.success(OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP, new OffsetAnswer(offset))
                .now();
    }
}
