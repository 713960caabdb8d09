package io.ternmq.interop;

import io.ternmq.interop.api.AdminHandle;
import io.ternmq.interop.api.AdminHandle.GroupSpec;
import io.ternmq.interop.api.AdminHandle.TopicSpec;
import io.ternmq.interop.servers.RunningCluster;
import java.util.function.Function;

/** A cluster with an administrator beside it, who makes what the tests need. Owns both. */
final class SharedCluster implements AutoCloseable {
    private static final int READ_AND_WRITE = 6;
    private static final int USUAL_RETRIES = 16;

    private final RunningCluster cluster;
    private final AdminHandle admin;

    SharedCluster(RunningCluster cluster, Function<String, AdminHandle> connect) {
        this.cluster = cluster;
        this.admin = connect.apply(cluster.nameServers());
    }

    RunningCluster processes() {
        return cluster;
    }

    AdminHandle admin() {
        return admin;
    }

    String nameServers() {
        return cluster.nameServers();
    }

    /** Makes a topic, which clients are told of from then on. */
    void createTopic(String topic, int queues) {
        admin.createTopic(cluster.brokerAddress(), new TopicSpec(topic, queues, queues, READ_AND_WRITE));
    }

    /** Makes a consumer group; otherwise a member's first heartbeat does. */
    void createGroup(String group) {
        admin.createGroup(cluster.brokerAddress(), new GroupSpec(group, true, 1, USUAL_RETRIES));
    }

    @Override
    public void close() {
        admin.close();
        cluster.close();
    }
}
