package io.ternmq.namesrv.route;

import static io.ternmq.namesrv.Registrations.broker;
import static io.ternmq.namesrv.Registrations.withActingMaster;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.config.Settings;
import io.ternmq.namesrv.FakeConnection;
import io.ternmq.namesrv.Registrations;
import io.ternmq.remoting.frame.LanguageCode;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.AdvertisedListeners;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import io.ternmq.remoting.protocol.route.RouteRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.server.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteProcessorTest {
    private static final int LAST_OF_THE_DIALECT = 400;

    private final RouteTable table = new RouteTable(RegistrationLimits.from(Settings.empty()), Duration.ofMinutes(2));
    private final FakeConnection connection = new FakeConnection();
    private RouteOptions options = RouteOptions.from(Settings.empty());
    private ListenerView view = ListenerView.main();

    @Test
    void theDialectFollowsTheVersionUnlessStrictIsAskedFor() {
        register(Registrations.of(broker("a", 0, "a:1"), 1, "T", "U"));

        assertThat(body(LAST_OF_THE_DIALECT, false)).contains("\"brokerAddrs\":{0:\"a:1\"}");
        assertThat(body(0, false)).contains("{0:\"a:1\"}");
        assertThat(body(LAST_OF_THE_DIALECT + 1, false)).contains("\"brokerAddrs\":{\"0\":\"a:1\"}");
        assertThat(body(0, true)).contains("{\"0\":\"a:1\"}");
    }

    @Test
    void aReplicaIsShownAsMasterOnlyWhenThatIsSwitchedOn() {
        register(withActingMaster(Registrations.of(broker("a", 2, "a:2"), 1, "T", "U"), Optional.of(true)));
        assertThat(body(0, false)).contains("{2:\"a:2\"}");

        options = RouteOptions.from(Settings.of(Map.of("supportActingMaster", "true")));
        assertThat(body(0, false)).contains("{0:\"a:2\"}");

        register(Registrations.of(broker("a", 0, "a:1"), 2, "T", "U"));
        assertThat(body(0, false)).contains("{0:\"a:1\",2:\"a:2\"}");
    }

    @Test
    void aTypoCostsALookAtAFewNamesOnly() {
        String[] topics =
                IntStream.range(0, 50_000).mapToObj(number -> "Topic-" + number).toArray(String[]::new);
        register(Registrations.of(broker("a", 0, "a:1"), 1, topics));

        Response answer = ask(0, "Topic-4999x", false);

        assertThat(answer.code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(answer.remark()).hasValueSatisfying(text -> assertThat(text).contains("nearest name is Topic-4999"));
    }

    @Test
    void whoeverAsksAtAListenerIsToldTheAddressThatTheBrokerAdvertisesThere() {
        AdvertisedListeners listeners = AdvertisedListeners.parse("inside://a:1,outside://127.0.0.1:11");
        register(Registrations.of(broker("a", 0, "a:1"), 1, "T", "U").withListeners(listeners));

        assertThat(body(0, true)).contains("{\"0\":\"a:1\"}");
        view = new ListenerView(Optional.of("outside"));
        assertThat(body(0, true)).contains("{\"0\":\"127.0.0.1:11\"}");
        view = new ListenerView(Optional.of("elsewhere"));
        assertThat(body(0, true)).contains("{\"0\":\"a:1\"}");
    }

    @Test
    void listenersAreForgottenWithTheirBrokerAndFollowItsNextRegistration() {
        view = new ListenerView(Optional.of("outside"));
        RegisterBrokerRequest request = Registrations.of(broker("a", 0, "a:1"), 1, "T", "U");
        register(request.withListeners(AdvertisedListeners.parse("outside://b:2")));
        register(request.withListeners(AdvertisedListeners.parse("outside://c:3")));
        assertThat(body(0, true)).contains("c:3").doesNotContain("b:2");

        table.unregister(request.broker());
        register(request);

        assertThat(body(0, true)).contains("a:1").doesNotContain("c:3");
        assertThat(table.routes().listeners()).isEmpty();
    }

    private void register(RegisterBrokerRequest request) {
        assertThat(table.register(request, connection, 0).verdict()).isEqualTo(RegistrationOutcome.Verdict.ACCEPTED);
    }

    private String body(int version, boolean strictOnly) {
        Response answer = ask(version, "T", strictOnly);
        assertThat(answer.code()).isEqualTo(ResponseCode.SUCCESS);
        return new String(answer.payload().body().toBytes(), StandardCharsets.UTF_8);
    }

    private Response ask(int version, String topic, boolean strictOnly) {
        RequestRouter.Builder router = RequestRouter.builder();
        new RouteProcessor(table, new NoOrder(), () -> options, view).addTo(router);
        Payload payload = RouteRpcs.GET_ROUTEINFO_BY_TOPIC.request().encode(new RouteRequest(topic, strictOnly));
        Request request = new Request(
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC.code(),
                version,
                LanguageCode.CPP,
                false,
                payload.fields(),
                ByteBuffer.allocate(0),
                connection);
        return router.build().route(request).toCompletableFuture().join();
    }
}
