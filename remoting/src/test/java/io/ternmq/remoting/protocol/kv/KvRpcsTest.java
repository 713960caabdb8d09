package io.ternmq.remoting.protocol.kv;

import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.body.TextTable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KvRpcsTest {
    private static final KvKey KEY = new KvKey("ORDER_TOPIC_CONFIG", "T");
    private static final String KEY_FIELDS = "{\"namespace\":\"ORDER_TOPIC_CONFIG\",\"key\":\"T\"}";

    @Test
    void textsArePutFoundAndDeleted() {
        Golden.assertBothWays(
                KvRpcs.PUT_KV_CONFIG.request(),
                new KvEntry(KEY, "broker-a:4"),
                "{\"namespace\":\"ORDER_TOPIC_CONFIG\",\"key\":\"T\",\"value\":\"broker-a:4\"}",
                "");
        Golden.assertBothWays(KvRpcs.GET_KV_CONFIG.request(), KEY, KEY_FIELDS, "");
        Golden.assertBothWays(KvRpcs.DELETE_KV_CONFIG.request(), KEY, KEY_FIELDS, "");
        Golden.assertBothWays(
                KvRpcs.GET_KV_CONFIG.response(), new KvValue("broker-a:4"), "{\"value\":\"broker-a:4\"}", "");
    }

    @Test
    void namespacesAreListed() {
        Golden.assertBothWays(
                KvRpcs.GET_KVLIST_BY_NAMESPACE.request(), new NamespaceRequest("N"), "{\"namespace\":\"N\"}", "");
        Golden.assertBothWays(
                KvRpcs.GET_KVLIST_BY_NAMESPACE.response(),
                new TextTable(Map.of("b", "2", "a", "1")),
                "{}",
                "{\"table\":{\"a\":\"1\",\"b\":\"2\"}}");
    }
}
