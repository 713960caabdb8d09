package io.ternmq.namesrv.reach;

import io.ternmq.namesrv.route.ListenerView;
import io.ternmq.namesrv.route.LiveBroker;
import io.ternmq.namesrv.route.RouteTable;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.CheckAddressRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers brokers that ask whether clients can reach them. */
public final class CheckAddressProcessor {
    private final RouteTable table;
    private final DialBack dialBack;
    private final ListenerView view;

    /** @param view of the port that the requests come in on */
    public CheckAddressProcessor(RouteTable table, DialBack dialBack, ListenerView view) {
        this.table = table;
        this.dialBack = dialBack;
        this.view = view;
    }

    /**
     * Adds the request that this answers.
     *
     * @param lane may block while a name is looked up
     */
    public void addTo(RequestRouter.Builder router, Lane lane) {
        router.on(RouteRpcs.CHECK_BROKER_ADDRESS, lane, this::check);
    }

    private CompletionStage<Response> check(Request request) {
        CheckAddressRequest question = request.decode(RouteRpcs.CHECK_BROKER_ADDRESS);
        Optional<LiveBroker> registrant =
                table.find(question.broker()).filter(broker -> broker.connection() == request.connection());
        if (registrant.isEmpty()) {
            return Response.refused(
                            ResponseCode.SYSTEM_ERROR,
                            "Broker " + question.broker().brokerName() + " is not registered on this connection")
                    .now();
        }
        String address = table.addressOf(question.broker(), view);
        return dialBack.check(address, question.instance(), request.connection())
                .thenApply(check -> Response.success(RouteRpcs.CHECK_BROKER_ADDRESS, check));
    }
}
