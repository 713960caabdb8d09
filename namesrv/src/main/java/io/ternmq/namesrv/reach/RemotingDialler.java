package io.ternmq.namesrv.reach;

import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.route.BrokerInstance;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Dials over the network. Stateless; keeps no connection. */
public final class RemotingDialler implements BrokerDialler {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final RemotingClient client;

    public RemotingDialler(RemotingClient client) {
        this.client = client;
    }

    @Override
    public CompletableFuture<BrokerInstance> identify(String address) {
        return client.call(address, RouteRpcs.IDENTIFY_BROKER, Nothing.NOTHING, PATIENCE)
                .thenCompose(RemotingDialler::instance)
                .whenComplete((instance, failure) -> client.disconnect(address));
    }

    private static CompletableFuture<BrokerInstance> instance(Reply reply) {
        return reply.isSuccess()
                ? CompletableFuture.completedFuture(reply.decode(RouteRpcs.IDENTIFY_BROKER))
                : CompletableFuture.failedFuture(
                        new RemotingConnectException("what answers is no broker of this kind: code " + reply.code()));
    }
}
