package io.ternmq.namesrv.route;

import java.util.Map;
import java.util.Optional;

/** No topic is ordered. */
public final class NoOrder implements OrderConfig {

    @Override
    public Optional<String> find(String topic) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> all() {
        return Map.of();
    }
}
