package io.ternmq.client.route;

import io.ternmq.common.topic.Permission;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.QueueRoute;
import io.ternmq.remoting.protocol.route.TopicRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Makes routes as name servers tell them, for tests. */
public final class Routes {
    private final List<QueueRoute> queues = new ArrayList<>();
    private final List<BrokerRoute> brokers = new ArrayList<>();

    /** A broker with queues that may be read and written, and a master at {@code name:10911}. */
    public Routes broker(String name, int queueCount) {
        return broker(name, queueCount, Permission.READ_WRITE, 0);
    }

    public Routes broker(String name, int queueCount, int permission, long brokerId) {
        queues.add(new QueueRoute(name, queueCount, queueCount, permission, 0));
        TreeMap<Long, String> addresses = new TreeMap<>();
        addresses.put(brokerId, addressOf(name));
        brokers.add(new BrokerRoute("C", name, addresses, false, Optional.empty()));
        return this;
    }

    public TopicRoute build() {
        return new TopicRoute(Optional.empty(), queues, brokers);
    }

    public TopicRoute ordered(String config) {
        return new TopicRoute(Optional.of(config), queues, brokers);
    }

    public static String addressOf(String brokerName) {
        return brokerName + ":10911";
    }
}
