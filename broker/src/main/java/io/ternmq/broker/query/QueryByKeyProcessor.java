package io.ternmq.broker.query;

import io.ternmq.broker.store.KeyQuery;
import io.ternmq.broker.store.KeyQueryResult;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.query.QueryAnswer;
import io.ternmq.remoting.protocol.query.QueryRequest;
import io.ternmq.remoting.protocol.query.QueryRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.util.concurrent.CompletionStage;

/** Finds messages by key or by unique key (code 12). May wait for the disk: for a lane that may. */
public final class QueryByKeyProcessor implements RequestProcessor {
    private final MessageStore store;
    private final QueryConfig config;

    public QueryByKeyProcessor(MessageStore store, QueryConfig config) {
        this.store = store;
        this.config = config;
    }

    @Override
    public CompletionStage<Response> process(Request request) {
        QueryRequest query = request.decode(QueryRpcs.QUERY_MESSAGE);
        // A client that looks for a unique key asks for one message, and then takes the newest of those it gets.
        int countMax = query.isUniqueKey() ? config.uniqueKeyMax() : query.messagesMax();
        KeyQueryResult result = store.query(new KeyQuery(
                query.topic(), query.key(), query.isUniqueKey(), countMax, query.fromMillis(), query.toMillis()));
        if (result.records().isEmpty()) {
            result.release();
            return Response.of(
                            ResponseCode.QUERY_NOT_FOUND,
                            "no message of " + query.topic() + " with key " + query.key()
                                    + " in this time, or the index does not know it yet",
                            QueryRpcs.QUERY_MESSAGE,
                            answer(result, Body.empty()))
                    .now();
        }
        return Response.success(
                        QueryRpcs.QUERY_MESSAGE, answer(result, Body.leased(result.records(), result.onRelease())))
                .now();
    }

    private static QueryAnswer answer(KeyQueryResult result, Body messages) {
        return new QueryAnswer(result.indexedMillis(), result.indexedPosition(), messages);
    }
}
