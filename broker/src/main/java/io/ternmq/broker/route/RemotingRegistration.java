package io.ternmq.broker.route;

import io.ternmq.broker.topic.Topics;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.TopicTable;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/** Registers this broker over the network. Stateless. */
public final class RemotingRegistration implements Registration {
    private final RemotingClient client;
    private final BrokerIdentity broker;
    private final String haServerAddress;
    private final Topics topics;
    private final IntSupplier brokerPermission;
    private final RouteConfig config;

    /**
     * @param haServerAddress where replicas would connect to, {@code host:port}
     * @param brokerPermission bits of {@link Permission} that hold for all topics of this broker, asked at each call
     */
    public RemotingRegistration(
            RemotingClient client,
            BrokerIdentity broker,
            String haServerAddress,
            Topics topics,
            IntSupplier brokerPermission,
            RouteConfig config) {
        this.client = client;
        this.broker = broker;
        this.haServerAddress = haServerAddress;
        this.topics = topics;
        this.brokerPermission = brokerPermission;
        this.config = config;
    }

    @Override
    public CompletableFuture<Void> all(String address) {
        return register(address, topics.table());
    }

    @Override
    public CompletableFuture<Void> topics(String address, Collection<String> changed) {
        // The version first: with too old a one the name server is told again, with too new a one it would never be.
        var version = topics.version();
        List<TopicConfig> present =
                changed.stream().flatMap(topic -> topics.find(topic).stream()).toList();
        return register(address, new TopicTable(version, present));
    }

    @Override
    public CompletableFuture<Void> withdraw(String address) {
        return call(address, RouteRpcs.UNREGISTER_BROKER, broker);
    }

    @Override
    public boolean isConnected(String address) {
        return client.isConnected(address);
    }

    private CompletableFuture<Void> register(String address, TopicTable table) {
        RegisterBrokerRequest request = new RegisterBrokerRequest(
                broker,
                haServerAddress,
                OptionalLong.of(config.lease().toMillis()),
                Optional.of(false),
                Optional.empty(),
                config.isCompressed(),
                new TopicTable(
                        table.version(),
                        table.topics().stream().map(this::restricted).toList()));
        return call(address, RouteRpcs.REGISTER_BROKER, request);
    }

    private TopicConfig restricted(TopicConfig topic) {
        // Read and write alone: the broker's permission says nothing of templates.
        int forbidden = Permission.READ_WRITE & ~brokerPermission.getAsInt();
        return forbidden == 0 ? topic : topic.withPermission(topic.permission() & ~forbidden);
    }

    private <Q> CompletableFuture<Void> call(String address, Rpc<Q, ?> rpc, Q question) {
        return client.call(address, rpc, question, config.callTimeout())
                .thenAccept(RemotingRegistration::expectSuccess);
    }

    private static void expectSuccess(Reply reply) {
        if (!reply.isSuccess()) {
            throw new IllegalStateException("Name server answered code " + reply.code() + ": "
                    + reply.remark().orElse("no remark"));
        }
    }
}
