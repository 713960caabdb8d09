package io.ternmq.namesrv;

import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.TopicTable;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Registrations as brokers send them. */
public final class Registrations {
    private Registrations() {}

    public static BrokerIdentity broker(String name, long id, String address) {
        return new BrokerIdentity("C", name, id, address);
    }

    /** From a broker of today that lists the topics, each with four queues. */
    public static RegisterBrokerRequest of(BrokerIdentity broker, long counter, String... topics) {
        return of(broker, new DataVersion(0, 1, counter), topics);
    }

    public static RegisterBrokerRequest of(BrokerIdentity broker, DataVersion version, String... topics) {
        return of(
                broker,
                version,
                Arrays.stream(topics).map(topic -> TopicConfig.of(topic, 4)).toList());
    }

    public static RegisterBrokerRequest of(BrokerIdentity broker, DataVersion version, List<TopicConfig> topics) {
        return new RegisterBrokerRequest(
                broker,
                broker.address() + "0",
                OptionalLong.empty(),
                Optional.of(false),
                Optional.empty(),
                false,
                new TopicTable(version, topics));
    }

    public static RegisterBrokerRequest withActingMaster(RegisterBrokerRequest request, Optional<Boolean> enables) {
        return new RegisterBrokerRequest(
                request.broker(),
                request.haServerAddress(),
                request.leaseMillis(),
                enables,
                request.zone(),
                request.isCompressed(),
                request.topics());
    }

    public static RegisterBrokerRequest withLease(RegisterBrokerRequest request, long millis) {
        return new RegisterBrokerRequest(
                request.broker(),
                request.haServerAddress(),
                OptionalLong.of(millis),
                request.enablesActingMaster(),
                request.zone(),
                request.isCompressed(),
                request.topics());
    }
}
