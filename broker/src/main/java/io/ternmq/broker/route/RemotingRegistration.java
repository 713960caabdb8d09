package io.ternmq.broker.route;

import io.ternmq.broker.topic.Topics;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.TopicTable;
import io.ternmq.remoting.protocol.route.AddressCheck;
import io.ternmq.remoting.protocol.route.CheckAddressRequest;
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
    private final Advertisement self;
    private final Topics topics;
    private final IntSupplier brokerPermission;
    private final RouteConfig config;

    /**
     * @param brokerPermission bits of {@link Permission} that hold for all topics of this broker, asked at each call
     */
    public RemotingRegistration(
            RemotingClient client,
            Advertisement self,
            Topics topics,
            IntSupplier brokerPermission,
            RouteConfig config) {
        this.client = client;
        this.self = self;
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
        return call(address, RouteRpcs.UNREGISTER_BROKER, self.broker());
    }

    @Override
    public CompletableFuture<Optional<AddressCheck>> checkAddress(String address) {
        CheckAddressRequest question =
                new CheckAddressRequest(self.broker(), self.instance().run());
        return client.call(address, RouteRpcs.CHECK_BROKER_ADDRESS, question, config.callTimeout())
                .thenApply(reply -> {
                    if (reply.code() == ResponseCode.REQUEST_CODE_NOT_SUPPORTED) {
                        return Optional.empty();
                    }
                    expectSuccess(reply);
                    return Optional.of(reply.decode(RouteRpcs.CHECK_BROKER_ADDRESS));
                });
    }

    @Override
    public boolean isConnected(String address) {
        return client.isConnected(address);
    }

    private CompletableFuture<Void> register(String address, TopicTable table) {
        RegisterBrokerRequest request = new RegisterBrokerRequest(
                self.broker(),
                self.haServerAddress(),
                OptionalLong.of(config.lease().toMillis()),
                Optional.of(false),
                Optional.empty(),
                config.isCompressed(),
                new TopicTable(
                        table.version(),
                        table.topics().stream().map(this::restricted).toList()),
                self.listeners());
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
