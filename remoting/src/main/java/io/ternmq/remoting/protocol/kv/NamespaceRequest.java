package io.ternmq.remoting.protocol.kv;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.protocol.PayloadCodec;

/** Asks for all texts of a namespace; code 219. */
public record NamespaceRequest(String namespace) {
    static final PayloadCodec<NamespaceRequest> CODEC = PayloadCodec.header(
            request ->
                    HeaderFields.builder().put("namespace", request.namespace).build(),
            fields -> new NamespaceRequest(fields.text("namespace")));
}
