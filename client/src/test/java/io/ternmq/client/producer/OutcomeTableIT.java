package io.ternmq.client.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.message.SendId;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import io.ternmq.remoting.protocol.ResponseCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a sender is told for each thing that a broker may do, by way of waiting, by callback and one-way, over real sockets.
 * The same table under a clock that tests move is {@link SendCallTest}.
 */
class OutcomeTableIT {
    /** Of sends that must not run out of time, however busy the machine. */
    private static final int AMPLE_MILLIS = 60_000;

    private static final int SHORT_MILLIS = 500;
    private static final int ATTEMPTS = 3;

    private final CountDownLatch end = new CountDownLatch(1);
    private ScriptedServers servers;
    private RawBroker raw;
    private DefaultMQProducer producer;

    /** What the broker does about a send. */
    private enum Deed {
        ANSWER,
        ANSWER_TWICE,
        ANSWER_OTHER,
        HANG,
        HANG_HALF_WAY,
        CLOSE,
        CLOSE_HALF_WAY;

        private RawBroker.Script script() {
            return switch (this) {
                case ANSWER -> (peer, request) -> RawBroker.answer(peer, request, ResponseCode.SUCCESS);
                case ANSWER_TWICE ->
                    (peer, request) -> {
                        RawBroker.answer(peer, request, ResponseCode.SUCCESS);
                        RawBroker.answer(peer, request, ResponseCode.SUCCESS);
                    };
                case ANSWER_OTHER -> RawBroker::answerOther;
                case HANG -> (peer, request) -> {};
                case HANG_HALF_WAY -> RawBroker::answerHalf;
                case CLOSE -> (peer, request) -> peer.close();
                case CLOSE_HALF_WAY ->
                    (peer, request) -> {
                        RawBroker.answerHalf(peer, request);
                        peer.close();
                    };
            };
        }
    }

    @BeforeEach
    void startServers() throws IOException {
        servers = new ScriptedServers();
        producer = new DefaultMQProducer("G");
        producer.setNamesrvAddr(servers.namesrvAddr());
        producer.setSendMsgTimeout(AMPLE_MILLIS);
    }

    @AfterEach
    void closeAll() throws IOException {
        end.countDown();
        producer.shutdown();
        if (raw != null) {
            raw.close();
        }
        servers.close();
    }

    // Each row: alone.

    @ParameterizedTest
    @EnumSource(
            value = Deed.class,
            names = {"ANSWER", "ANSWER_TWICE"})
    void answerIsASuccessHoweverOftenItComes(Deed deed) throws Exception {
        script(deed.script());
        producer.start();

        List<SendResult> sent = List.of(producer.send(message()), async(), producer.send(message()));

        assertThat(sent).extracting(SendResult::getSendStatus).containsOnly(SendStatus.SEND_OK);
        producer.sendOneway(message());
        await().atMost(Duration.ofSeconds(30)).until(() -> raw.sends().size() == 4);
    }

    @Test
    void slowAnswerIsASuccess() throws Exception {
        script((peer, request) -> {
            pause();
            RawBroker.answer(peer, request, ResponseCode.SUCCESS);
        });
        producer.start();
        CompletableFuture<SendResult> sent = producer.sendAsync(message());
        await().atMost(Duration.ofSeconds(30)).until(() -> raw.sends().size() == 1);
        boolean before = sent.isDone();

        end.countDown();

        assertThat(before).isFalse();
        assertThat(sent.get(30, TimeUnit.SECONDS).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
    }

    @ParameterizedTest
    @EnumSource(
            value = Deed.class,
            names = {"HANG", "HANG_HALF_WAY", "ANSWER_OTHER"})
    void brokerThatNeverAnswersTakesAllTheTimeThatTheSendHas(Deed deed) throws Exception {
        script(deed.script());
        producer.setSendMsgTimeout(SHORT_MILLIS);
        producer.setTopics(List.of("T")); // else name servers might take the time
        producer.start();

        assertThat(failure(true))
                .isInstanceOf(RemotingTooMuchRequestException.class)
                .hasMessageContaining("500 ms (sendMsgTimeout)")
                .hasMessageContaining("1) a (127.0.0.1:" + raw.port() + ") queue 0: ");
        assertThat(failure(false)).isInstanceOf(RemotingTooMuchRequestException.class);
        assertThatCode(() -> producer.sendOneway(message())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(
            value = Deed.class,
            names = {"CLOSE", "CLOSE_HALF_WAY"})
    void connectionThatClosesInsteadOfAnAnswerIsTriedOnceMoreInEachAttempt(Deed deed) throws Exception {
        script(deed.script());
        producer.start();

        Throwable sync = failure(true);
        List<SendId> requestsOfOne = sendIds();
        Throwable async = failure(false);

        assertThat(List.of(sync, async))
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(MQClientException.class)
                        .hasMessageContaining("all of 3 attempts")
                        .hasMessageContaining("queue 0 once more: "));
        assertThat(requestsOfOne)
                .hasSize(2 * ATTEMPTS)
                .allMatch(id -> id.isSameSend(requestsOfOne.get(0)))
                .extracting(SendId::repeat)
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThatCode(() -> producer.sendOneway(message())).doesNotThrowAnyException();
    }

    @Test
    void brokerThatIsAwayIsToldAsSuch() throws Exception {
        servers.brokerThatIsAway("a");
        producer.start();

        assertThat(List.of(failure(true), failure(false))).allSatisfy(failure -> {
            assertThat(failure)
                    .isInstanceOf(MQClientException.class)
                    .hasMessageContaining("not connected within ")
                    .hasMessageContaining("Cannot connect to 127.0.0.1:");
            assertThat(((MQClientException) failure).getResponseCode())
                    .isEqualTo(ClientErrorCode.CONNECT_BROKER_EXCEPTION);
        });
    }

    @Test
    void addressThatIsNoneCountsAsABrokerThatIsAway() throws Exception {
        servers.brokerAt("a", 99_999);
        producer.start();

        assertThat(List.of(failure(true), failure(false)))
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(MQClientException.class)
                        .hasMessageContaining("99999"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalIsToldWithItsCode(int code, boolean isRetried) throws Exception {
        script((peer, request) -> RawBroker.answer(peer, request, code));
        producer.start();

        Throwable sync = failure(true);
        int requestsOfOne = raw.sends().size();
        Throwable async = failure(false);

        assertThat(List.of(sync, async)).allSatisfy(failure -> {
            assertThat(failure).isInstanceOf(isRetried ? MQClientException.class : MQBrokerException.class);
            assertThat(failure).hasMessageContaining("CODE: " + code).hasMessageContaining("said by the script");
        });
        assertThat(requestsOfOne).isEqualTo(isRetried ? ATTEMPTS : 1);
        assertThatCode(() -> producer.sendOneway(message())).doesNotThrowAnyException();
    }

    static Stream<Arguments> refusals() {
        Stream<Integer> retried = Stream.of(1, 2, 14, 16, 17, 204, 205);
        Stream<Integer> others = Stream.of(3, 13, 26, 29, 206, 4711);
        return Stream.concat(
                retried.map(code -> Arguments.of(code, true)), others.map(code -> Arguments.of(code, false)));
    }

    @Test
    void codeThatTheUserAddsIsRetried() throws Exception {
        script((peer, request) -> RawBroker.answer(peer, request, 4711));
        producer.addRetryResponseCode(4711);
        producer.start();

        assertThat(failure(true)).isInstanceOf(MQClientException.class);
        assertThat(raw.sends()).hasSize(ATTEMPTS);
    }

    @Test
    void brokerThatLeavesIsAskedOnTwoConnectionsAndThenCountsAsAway() throws Exception {
        script((peer, request) -> RawBroker.answer(peer, request, ResponseCode.GO_AWAY));
        producer.setRetryTimesWhenSendFailed(0);
        producer.start();

        assertThat(failure(true)).isInstanceOf(MQClientException.class).hasMessageContaining("shutting down");
        assertThat(raw.sends()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void messageThatIsStoredButNotSafelyIsAResultWithThatStatus(int code, SendStatus status) throws Exception {
        script((peer, request) -> RawBroker.answer(peer, request, code));
        producer.start();

        assertThat(List.of(producer.send(message()), async()))
                .extracting(SendResult::getSendStatus)
                .containsOnly(status);
    }

    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of(ResponseCode.FLUSH_DISK_TIMEOUT, SendStatus.FLUSH_DISK_TIMEOUT),
                Arguments.of(ResponseCode.FLUSH_SLAVE_TIMEOUT, SendStatus.FLUSH_SLAVE_TIMEOUT),
                Arguments.of(ResponseCode.SLAVE_NOT_AVAILABLE, SendStatus.SLAVE_NOT_AVAILABLE));
    }

    // Each row: with another broker that does well.

    @ParameterizedTest
    @EnumSource(
            value = Deed.class,
            names = {"ANSWER", "ANSWER_TWICE"},
            mode = EnumSource.Mode.EXCLUDE)
    void brokerThatDoesNotAnswerIsFollowedByAnotherAndThenLeftAlone(Deed deed) throws Exception {
        script(deed.script());
        servers.broker("b", request -> ScriptedServers.stored(request).now());
        limitAttempts();
        producer.start();

        List<SendResult> sent = List.of(producer.send(message()), async(), producer.send(message()), async());
        int requests = raw.sends().size();
        for (int count = 0; count < 10; count++) {
            producer.sendOneway(message());
        }

        assertThat(sent)
                .extracting(result -> result.getMessageQueue().getBrokerName())
                .containsOnly("b");
        assertThat(requests).isPositive();
        await().atMost(Duration.ofSeconds(30)).until(() -> servers.sendsTo("b") >= sent.size() + 10);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalIsFollowedByAnotherBrokerOrTold(int code, boolean isRetried) throws Exception {
        AtomicInteger told = new AtomicInteger();
        script((peer, request) -> RawBroker.answer(peer, request, code));
        servers.broker("b", request -> ScriptedServers.stored(request).now());
        producer.start();

        for (int count = 0; count < 2; count++) { // one of two begins at a
            try {
                assertThat(producer.send(message()).getMessageQueue().getBrokerName())
                        .isEqualTo("b");
            } catch (MQBrokerException e) {
                told.incrementAndGet();
            }
        }

        assertThat(raw.sends()).isNotEmpty();
        assertThat(told).hasValue(isRetried ? 0 : 1);
    }

    @Test
    void messageThatIsNotSafelyStoredGoesToAnotherBrokerIfSoWished() throws Exception {
        script((peer, request) -> RawBroker.answer(peer, request, ResponseCode.FLUSH_DISK_TIMEOUT));
        servers.broker("b", request -> ScriptedServers.stored(request).now());
        producer.setRetryAnotherBrokerWhenNotStoreOK(true);
        producer.start();

        List<SendResult> sent = List.of(producer.send(message()), async(), producer.send(message()));

        assertThat(sent).extracting(SendResult::getSendStatus).containsOnly(SendStatus.SEND_OK);
        assertThat(raw.sends()).isNotEmpty();
    }

    // The broker that hangs must be given up soon, and the other one have time, however busy the machine.
    private void limitAttempts() {
        producer.setSendMsgMaxTimeoutPerRequest(SHORT_MILLIS);
        producer.setRetryTimesWhenSendFailed(20);
        producer.setRetryTimesWhenSendAsyncFailed(20);
    }

    private void script(RawBroker.Script script) throws IOException {
        raw = new RawBroker(script);
        servers.brokerAt("a", raw.port());
    }

    private List<SendId> sendIds() {
        return raw.sends().stream()
                .map(request -> PropertyString.find(request.properties(), MessageProperties.SEND_ID)
                        .flatMap(SendId::parse)
                        .orElseThrow())
                .toList();
    }

    private SendResult async() throws Exception {
        return producer.sendAsync(message()).get(AMPLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Throwable failure(boolean isSync) throws Exception {
        try {
            SendResult unexpected = isSync ? producer.send(message()) : async();
            throw new AssertionError("sent: " + unexpected);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) { // the test looks at it
            return e;
        }
    }

    private void pause() {
        try {
            end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Message message() {
        return new Message("T", new byte[] {1});
    }
}
