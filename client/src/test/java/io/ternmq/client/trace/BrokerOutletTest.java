package io.ternmq.client.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.Namespace;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.Routes;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Trace messages on their way to scripted brokers. */
class BrokerOutletTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final TraceMessage MESSAGE = new TraceMessage("ID k1", ByteBuffer.wrap(new byte[] {1, 2}), 1);

    private final FakeClock clock = new FakeClock();
    private final FakeServers servers = new FakeServers();
    private final Gateways gateways = Gateways.over(servers);
    private final RouteCache routes =
            new RouteCache(new NameServers(gateways.routes(), List.of("ns:9876"), 0, TIMEOUT, clock), () -> 0);
    private final BrokerOutlet outlet = new BrokerOutlet(
            new TraceSettings("TRACES", "G", Namespace.NONE, 10),
            routes,
            gateways.sends(),
            new UniqueIds(InetAddress.getLoopbackAddress().getAddress(), 1, 1, clock, ZoneOffset.UTC),
            TIMEOUT,
            clock);

    @Test
    void messageIsFoundByItsKeysAndWaitsForNoDisk() {
        routeOf("TRACES", new Routes().broker("a", 1));
        stored("a");

        outlet.send(MESSAGE).toCompletableFuture().join();

        SendRequest request = requests().get(0);
        assertThat(request.topic()).isEqualTo("TRACES");
        assertThat(request.producerGroup()).isEqualTo("_INNER_TRACE_PRODUCER-G");
        assertThat(PropertyString.find(request.properties(), MessageProperties.KEYS))
                .hasValue("ID k1");
        assertThat(PropertyString.find(request.properties(), MessageProperties.WAIT))
                .hasValue("false");
        assertThat(PropertyString.find(request.properties(), MessageProperties.UNIQUE_KEY))
                .isPresent();
        assertThat(request.body().remaining()).isEqualTo(2);
    }

    @Test
    void whatOneBrokerDoesNotTakeGoesToTheNextUnderTheSameId() {
        routeOf("TRACES", new Routes().broker("a", 1).broker("b", 1));
        stored("b");

        CompletableFuture<Void> sent = outlet.send(MESSAGE).toCompletableFuture();

        assertThat(sent).isCompleted();
        assertThat(servers.addresses(SendRpcs.SEND_MESSAGE_V2)).containsExactly("a:10911", "b:10911");
        assertThat(requests().get(0).properties()).isEqualTo(requests().get(1).properties());
    }

    @Test
    void topicThatDoesNotExistIsMadeWithOneQueue() {
        routeOf("TBW102", new Routes().broker("a", 8));
        stored("a");

        outlet.send(MESSAGE).toCompletableFuture().join();

        assertThat(requests().get(0).defaultTopic()).isEqualTo("TBW102");
        assertThat(requests().get(0).defaultTopicQueues()).isEqualTo(1);
        assertThat(requests().get(0).queueId()).isZero();
    }

    @Test
    void twoRefusalsAreAFailure() {
        routeOf("TRACES", new Routes().broker("a", 1));
        servers.on(
                "a:10911",
                SendRpcs.SEND_MESSAGE_V2,
                question -> FakeServers.refusal(ResponseCode.SYSTEM_BUSY, "refused by the test"));

        CompletableFuture<Void> sent = outlet.send(MESSAGE).toCompletableFuture();

        assertThat(sent).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(MQBrokerException.class);
        assertThat(requests()).hasSize(2);
    }

    private void routeOf(String topic, Routes route) {
        servers.on(
                "ns:9876",
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                question -> question.topic().equals(topic)
                        ? FakeServers.answer(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, route.build())
                        : FakeServers.refusal(ResponseCode.TOPIC_NOT_EXIST, "unknown to the test"));
    }

    private void stored(String broker) {
        servers.on(
                Routes.addressOf(broker),
                SendRpcs.SEND_MESSAGE_V2,
                question -> FakeServers.answer(
                        SendRpcs.SEND_MESSAGE_V2, SendAnswer.stored("O", 0, 0, "", SendAnswer.DEFAULT_REGION, true)));
    }

    private List<SendRequest> requests() {
        return servers.questions(SendRpcs.SEND_MESSAGE_V2, SendRequest.class);
    }
}
