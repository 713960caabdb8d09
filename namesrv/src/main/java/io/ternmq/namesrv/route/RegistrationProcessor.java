package io.ternmq.namesrv.route;

import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.TextTable;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.DataVersionAnswer;
import io.ternmq.remoting.protocol.route.DataVersionQuery;
import io.ternmq.remoting.protocol.route.RegisterBrokerAnswer;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.server.Connection;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what brokers say of themselves: that they are there, still there, leaving, and what they serve. */
public final class RegistrationProcessor {
    private static final Logger log = LoggerFactory.getLogger(RegistrationProcessor.class);

    private final RouteTable table;
    private final OrderConfig order;
    private final Supplier<RouteOptions> options;
    private final Consumer<Connection> onRegistered;
    private final Clock clock;

    /**
     * Takes registrations into {@code table}.
     *
     * @param options as they are when a request comes in
     * @param onRegistered hears of the connection of each registration that was taken, after it is in the table
     */
    public RegistrationProcessor(
            RouteTable table,
            OrderConfig order,
            Supplier<RouteOptions> options,
            Consumer<Connection> onRegistered,
            Clock clock) {
        this.table = table;
        this.order = order;
        this.options = options;
        this.onRegistered = onRegistered;
        this.clock = clock;
    }

    /**
     * Adds the requests that this answers.
     *
     * @param lane keeps the order of requests: a broker that leaves after it registered must be gone
     */
    public void addTo(RequestRouter.Builder router, Lane lane) {
        router.on(RouteRpcs.REGISTER_BROKER, lane, this::register)
                .on(RouteRpcs.UNREGISTER_BROKER, lane, this::unregister)
                .on(RouteRpcs.BROKER_HEARTBEAT, lane, this::heartbeat)
                .on(RouteRpcs.QUERY_DATA_VERSION, lane, this::queryVersion);
    }

    private CompletionStage<Response> register(Request request) {
        RegisterBrokerRequest question = request.decode(RouteRpcs.REGISTER_BROKER);
        boolean isKnown = table.versionOf(question.broker()).isPresent();
        RegistrationOutcome outcome = table.register(question, request.connection(), clock.monotonicNanos());
        Response response = switch (outcome.verdict()) {
            case ACCEPTED -> {
                onRegistered.accept(request.connection());
                yield answer(outcome);
            }
            case SUPERSEDED -> answer(outcome);
            case REFUSED -> Response.refused(ResponseCode.SYSTEM_ERROR, outcome.text());
        };
        report(isKnown, question, outcome);
        return response.now();
    }

    private Response answer(RegistrationOutcome outcome) {
        Optional<TextTable> orderTopics = Optional.of(order.all())
                .filter(topics -> options.get().tellsOrderToBrokers() && !topics.isEmpty())
                .map(TextTable::new);
        return Response.success(
                RouteRpcs.REGISTER_BROKER,
                new RegisterBrokerAnswer(outcome.masterAddress(), outcome.haServerAddress(), orderTopics));
    }

    private CompletionStage<Response> unregister(Request request) {
        BrokerIdentity broker = request.decode(RouteRpcs.UNREGISTER_BROKER);
        table.unregister(broker)
                .ifPresent(gone -> log.info(
                        "Broker left. cluster={} broker={} id={} address={}",
                        broker.cluster(),
                        broker.brokerName(),
                        gone.broker().brokerId(),
                        broker.address()));
        return Response.success().now();
    }

    private CompletionStage<Response> heartbeat(Request request) {
        table.renew(request.decode(RouteRpcs.BROKER_HEARTBEAT), clock.monotonicNanos());
        return Response.success().now();
    }

    private CompletionStage<Response> queryVersion(Request request) {
        DataVersionQuery question = request.decode(RouteRpcs.QUERY_DATA_VERSION);
        table.renew(question.broker(), clock.monotonicNanos());
        Optional<DataVersion> known = table.versionOf(question.broker());
        boolean isChanged = !known.equals(Optional.of(question.version()));
        return Response.success(RouteRpcs.QUERY_DATA_VERSION, new DataVersionAnswer(isChanged, known))
                .now();
    }

    private static void report(boolean isKnown, RegisterBrokerRequest question, RegistrationOutcome outcome) {
        BrokerIdentity broker = question.broker();
        int topics = question.topics().topics().size();
        switch (outcome.verdict()) {
            case ACCEPTED -> {
                if (!isKnown) {
                    log.info(
                            "Broker registered. cluster={} broker={} id={} address={} topics={}",
                            broker.cluster(),
                            broker.brokerName(),
                            broker.brokerId(),
                            broker.address(),
                            topics);
                }
            }
            case SUPERSEDED ->
                log.warn(
                        "Broker not taken, another one of a later term has its id. broker={} id={} address={}",
                        broker.brokerName(),
                        broker.brokerId(),
                        broker.address());
            case REFUSED -> log.warn("Broker not taken. reason={}", outcome.text());
        }
    }
}
