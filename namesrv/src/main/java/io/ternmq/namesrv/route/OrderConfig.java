package io.ternmq.namesrv.route;

import java.util.Map;
import java.util.Optional;

/** Where the queues of ordered topics are: {@code broker:queues;broker:queues} by topic. Kept by another room. */
public interface OrderConfig {

    Optional<String> find(String topic);

    /** All of them by topic, unmodifiable; empty if there are none. */
    Map<String, String> all();
}
