package io.ternmq.namesrv.kv;

import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.body.TextTable;
import io.ternmq.remoting.protocol.kv.KvEntry;
import io.ternmq.remoting.protocol.kv.KvKey;
import io.ternmq.remoting.protocol.kv.KvRpcs;
import io.ternmq.remoting.protocol.kv.KvValue;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets operators and tools keep texts. */
public final class KvProcessor {
    private static final Logger log = LoggerFactory.getLogger(KvProcessor.class);

    private final KvTable table;

    public KvProcessor(KvTable table) {
        this.table = table;
    }

    /**
     * Adds the requests that this answers.
     *
     * @param lane for what writes the file, away from the event loops
     */
    public void addTo(RequestRouter.Builder router, Lane lane) {
        router.on(KvRpcs.PUT_KV_CONFIG, lane, this::put)
                .on(KvRpcs.DELETE_KV_CONFIG, lane, this::delete)
                .on(KvRpcs.GET_KV_CONFIG, Lane.inPlace(), this::get)
                .on(KvRpcs.GET_KVLIST_BY_NAMESPACE, lane, this::list);
    }

    private CompletionStage<Response> put(Request request) {
        KvEntry entry = request.decode(KvRpcs.PUT_KV_CONFIG);
        try {
            Response response = table.put(entry)
                    .map(problem -> Response.refused(ResponseCode.SYSTEM_ERROR, problem))
                    .orElseGet(Response::success);
            return response.now();
        } catch (IOException e) {
            return notSaved(entry.key(), e);
        }
    }

    private CompletionStage<Response> delete(Request request) {
        KvKey key = request.decode(KvRpcs.DELETE_KV_CONFIG);
        try {
            table.delete(key);
            return Response.success().now();
        } catch (IOException e) {
            return notSaved(key, e);
        }
    }

    private CompletionStage<Response> get(Request request) {
        KvKey key = request.decode(KvRpcs.GET_KV_CONFIG);
        return table.find(key.namespace(), key.key())
                .map(value -> Response.success(KvRpcs.GET_KV_CONFIG, new KvValue(value)))
                .orElseGet(() -> Response.refused(
                        ResponseCode.QUERY_NOT_FOUND,
                        "No text for key " + key.key() + " in namespace " + key.namespace()))
                .now();
    }

    private CompletionStage<Response> list(Request request) {
        String namespace = request.decode(KvRpcs.GET_KVLIST_BY_NAMESPACE).namespace();
        Map<String, String> texts = table.all(namespace);
        Response response = texts.isEmpty()
                ? Response.refused(ResponseCode.QUERY_NOT_FOUND, "Namespace " + namespace + " holds no texts")
                : Response.success(KvRpcs.GET_KVLIST_BY_NAMESPACE, new TextTable(texts));
        return response.now();
    }

    private static CompletionStage<Response> notSaved(KvKey key, IOException failure) {
        log.error("Text not saved. namespace={} key={}", key.namespace(), key.key(), failure);
        return Response.refused(
                        ResponseCode.SYSTEM_ERROR,
                        "Key " + key.key() + " is unchanged, the file could not be saved: " + failure)
                .now();
    }
}
