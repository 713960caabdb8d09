package io.ternmq.remoting.protocol.kv;

import io.ternmq.remoting.protocol.PayloadCodec;

/** A text under its name; code 100. */
public record KvEntry(KvKey key, String value) {
    static final PayloadCodec<KvEntry> CODEC = PayloadCodec.header(
            entry -> entry.key.fields().put(KvValue.VALUE, entry.value).build(),
            fields -> new KvEntry(KvKey.decode(fields), fields.text(KvValue.VALUE)));
}
