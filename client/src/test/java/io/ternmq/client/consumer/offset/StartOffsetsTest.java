package io.ternmq.client.consumer.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.Routes;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.offset.OffsetAnswer;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.offset.SearchOffsetRequest;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.session.StartFrom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a consumer begins, for each of the ways it may be told to. The broker's end is 50, its time 40, its least 7. */
class StartOffsetsTest {
    private static final String BROKER = Routes.addressOf("a");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final MessageQueue QUEUE = new MessageQueue("T", "a", 0);
    private static final MessageQueue RETRY = new MessageQueue("%RETRY%G", "a", 0);

    private final FakeServers servers = new FakeServers();
    private final Gateways gateways = Gateways.over(servers);
    private final RouteCache routes =
            new RouteCache(new NameServers(gateways.routes(), List.of("ns:9876"), 0, SECOND, new FakeClock()), () -> 0);

    @BeforeEach
    void prepare() throws MQClientException {
        servers.on(
                        "ns:9876",
                        RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                        question -> FakeServers.answer(
                                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                                new Routes().broker("a", 1).build()))
                .on(
                        BROKER,
                        OffsetRpcs.GET_MAX_OFFSET,
                        question -> FakeServers.answer(OffsetRpcs.GET_MAX_OFFSET, new OffsetAnswer(50)))
                .on(
                        BROKER,
                        OffsetRpcs.GET_MIN_OFFSET,
                        question -> FakeServers.answer(OffsetRpcs.GET_MIN_OFFSET, new OffsetAnswer(7)))
                .on(
                        BROKER,
                        OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP,
                        question -> FakeServers.answer(OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP, new OffsetAnswer(40)))
                .on(
                        BROKER,
                        OffsetRpcs.QUERY_CONSUMER_OFFSET,
                        question -> FakeServers.refusal(ResponseCode.QUERY_NOT_FOUND, "nothing known"));
        routes.find("T").toCompletableFuture().join();
        routes.find("%RETRY%G").toCompletableFuture().join();
    }

    private long start(StartFrom from, MessageQueue queue) {
        GroupOffsets offsets = new GroupOffsets("G", new BrokerOffsets("G", routes, gateways.offsets(), SECOND));
        return new StartOffsets(offsets, routes, gateways.offsets(), from, 1_234, SECOND)
                .of(queue)
                .toCompletableFuture()
                .join();
    }

    private void committed(long offset) {
        servers.on(
                BROKER,
                OffsetRpcs.QUERY_CONSUMER_OFFSET,
                question -> FakeServers.answer(OffsetRpcs.QUERY_CONSUMER_OFFSET, new OffsetAnswer(offset)));
    }

    @Test
    void committedOffsetCountsWhateverTheConsumerWasToldAlsoZero() {
        for (long offset : new long[] {0, 3, 90}) {
            committed(offset);
            for (StartFrom from : StartFrom.values()) {
                assertThat(start(from, QUEUE)).as("%s", from).isEqualTo(offset);
            }
        }
    }

    @Test
    void newGroupBeginsAtTheEndAlsoByTheWordsThatWentOutOfUse() {
        for (StartFrom from : List.of(
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                StartFrom.CONSUME_FROM_LAST_OFFSET_AND_FROM_MIN_WHEN_BOOT_FIRST,
                StartFrom.CONSUME_FROM_MIN_OFFSET,
                StartFrom.CONSUME_FROM_MAX_OFFSET)) {
            assertThat(start(from, QUEUE)).as("%s", from).isEqualTo(50);
        }
    }

    /** The first pull at 0 of a queue that begins at 7 is answered with 7: no message is missed in between. */
    @Test
    void newGroupThatWantsEverythingBeginsAtZeroAndIsMovedByTheBroker() {
        assertThat(start(StartFrom.CONSUME_FROM_FIRST_OFFSET, QUEUE)).isZero();
    }

    @Test
    void newGroupBeginsAtTheTimeItWasTold() {
        assertThat(start(StartFrom.CONSUME_FROM_TIMESTAMP, QUEUE)).isEqualTo(40);
        assertThat(servers.questions(OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP, SearchOffsetRequest.class))
                .extracting(SearchOffsetRequest::timestampMillis)
                .containsExactly(1_234L);
    }

    @Test
    void messagesToBeRetriedAreNeverPassedOver() {
        for (StartFrom from : StartFrom.values()) {
            assertThat(start(from, RETRY)).as("%s", from).isZero();
        }
    }

    @Test
    void brokerThatDoesNotSayIsAskedAgainLaterAndNotTakenForAnEmptyOne() {
        servers.on(
                BROKER,
                OffsetRpcs.QUERY_CONSUMER_OFFSET,
                question -> FakeServers.refusal(ResponseCode.SYSTEM_ERROR, "not now"));

        assertThatThrownBy(() -> start(StartFrom.CONSUME_FROM_FIRST_OFFSET, QUEUE))
                .hasMessageContaining("not now");
    }
}
