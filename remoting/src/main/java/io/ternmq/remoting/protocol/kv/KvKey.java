package io.ternmq.remoting.protocol.kv;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Names a text; codes 101 and 102. */
public record KvKey(String namespace, String key) {
    static final PayloadCodec<KvKey> CODEC =
            PayloadCodec.header(name -> name.fields().build(), KvKey::decode);

    private static final String NAMESPACE = "namespace";
    private static final String KEY = "key";

    HeaderFields.Builder fields() {
        return HeaderFields.builder().put(NAMESPACE, namespace).put(KEY, key);
    }

    static KvKey decode(HeaderFields fields) {
        return new KvKey(fields.text(NAMESPACE), fields.text(KEY));
    }
}
