package io.ternmq.namesrv;

import io.ternmq.namesrv.kv.KvTable;
import io.ternmq.namesrv.route.OrderConfig;
import java.util.Map;
import java.util.Optional;

/** The order of topics, kept among the texts under a namespace of the protocol's own. */
final class KvOrderConfig implements OrderConfig {
    private static final String NAMESPACE = "ORDER_TOPIC_CONFIG";

    private final KvTable texts;

    KvOrderConfig(KvTable texts) {
        this.texts = texts;
    }

    @Override
    public Optional<String> find(String topic) {
        return texts.find(NAMESPACE, topic);
    }

    @Override
    public Map<String, String> all() {
        return texts.all(NAMESPACE);
    }
}
