package io.ternmq.client.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.Namespace;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.fault.FaultTable;
import io.ternmq.client.fault.HoldOffs;
import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.Routes;
import io.ternmq.client.route.Template;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.message.SendId;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.FakeScheduler;
import io.ternmq.remoting.protocol.RemotingConnectException;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingSendRequestException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of outcomes of a send, row by row, against scripted servers and a clock that tests move. */
class SendCallTest {
    private static final String NAME_SERVER = "ns:9876";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final FakeClock clock = new FakeClock();
    private final FakeServers servers = new FakeServers();
    private final FaultTable faults = new FaultTable(HoldOffs.defaults(), clock);
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final SendIds sendIds = new SendIds(0);
    private final Gateways gateways = Gateways.over(servers);
    private final RouteCache routes =
            new RouteCache(new NameServers(gateways.routes(), List.of(NAME_SERVER), 0, TIMEOUT, clock), () -> 0);

    @Test
    void messageThatIsStoredIsAnsweredWithWhereItIs() {
        route(new Routes().broker("a", 4));
        stored("a");

        SendResult result = send(settings()).join();

        assertThat(result.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(result.getMessageQueue()).isEqualTo(new MessageQueue("T", "a", 0));
        assertThat(result.getQueueOffset()).isEqualTo(7);
        assertThat(result.getOffsetMsgId()).isEqualTo("offsetId");
        assertThat(result.getMsgId()).hasSize(32);
    }

    @Test
    void queuesTakeTurns() {
        route(new Routes().broker("a", 2).broker("b", 1));
        stored("a");
        stored("b");

        for (int count = 0; count < 4; count++) {
            send(settings()).join();
        }

        assertThat(requests()).extracting(SendRequest::queueId).containsExactly(0, 1, 0, 0);
        assertThat(servers.addresses(SendRpcs.SEND_MESSAGE_V2))
                .containsExactly("a:10911", "a:10911", "b:10911", "a:10911");
    }

    @Test
    void failedAttemptIsFollowedByOneAtAnotherBrokerWithTheSameIds() {
        route(new Routes().broker("a", 4).broker("b", 4));
        stored("b");

        SendResult result = send(settings()).join();

        assertThat(result.getMessageQueue().getBrokerName()).isEqualTo("b");
        assertThat(addresses()).containsExactly("a:10911", "b:10911");
        assertThat(uniqueKeys()).hasSize(2).containsOnly(result.getMsgId());
        assertThat(sendIds()).containsExactly(new SendId(0, 0, 0), new SendId(0, 0, 1));
    }

    @Test
    void eachSendOfOneMessageHasAnIdOfItsOwn() {
        route(new Routes().broker("a", 4));
        stored("a");

        send(settings()).join();
        send(settings()).join();

        assertThat(sendIds()).doesNotHaveDuplicates();
    }

    @Test
    void lostAnswerIsAskedForOnceMoreAtTheSameQueueAndMarkedAsARepeat() {
        route(new Routes().broker("a", 4).broker("b", 4));
        AtomicInteger requests = new AtomicInteger();
        onSend(
                "a",
                request -> requests.incrementAndGet() == 1
                        ? CompletableFuture.failedFuture(new RemotingSendRequestException("connection lost"))
                        : storedAnswer(request));

        SendResult result = send(settings()).join();

        assertThat(result.getMessageQueue()).isEqualTo(new MessageQueue("T", "a", 0));
        assertThat(requests()).extracting(SendRequest::queueId).containsExactly(0, 0);
        assertThat(sendIds()).containsExactly(new SendId(0, 0, 0), new SendId(0, 0, 1));
    }

    @Test
    void batchHasOneIdForAllItsMessages() throws Exception {
        route(new Routes().broker("a", 1));
        AtomicInteger requests = new AtomicInteger();
        servers.on(
                Routes.addressOf("a"),
                SendRpcs.SEND_BATCH_MESSAGE,
                request -> requests.incrementAndGet() == 1
                        ? CompletableFuture.failedFuture(new RemotingSendRequestException("connection lost"))
                        : storedAnswer(request));
        Parcel batch = Parcel.of(List.of(message(), message()));

        SendCall.begin(rooms(settings()), batch, Target.anyQueue(), SendForm.SYNC, TIMEOUT)
                .result()
                .join();

        assertThat(servers.questions(SendRpcs.SEND_BATCH_MESSAGE, SendRequest.class))
                .extracting(SendRequest::properties)
                .containsExactly(
                        "TERN_SEND\u0001AAAAAAAAAAAAAAAAAAAAAA\u0002", "TERN_SEND\u0001AAAAAAAAAAAAAAAAAAAAAA1\u0002");
    }

    @Test
    void afterTheRepeatAnotherBrokerIsTried() {
        route(new Routes().broker("a", 4).broker("b", 4));
        lost("a");
        stored("b");

        SendResult result = send(settings()).join();

        assertThat(result.getMessageQueue().getBrokerName()).isEqualTo("b");
        assertThat(addresses()).containsExactly("a:10911", "a:10911", "b:10911");
        assertThat(sendIds()).extracting(SendId::repeat).containsExactly(0, 1, 2);
    }

    @Test
    void repeatStaysWithinTheLimitOfItsAttempt() {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> {
            clock.advance(Duration.ofMillis(500));
            return CompletableFuture.failedFuture(new RemotingSendRequestException("connection lost"));
        });
        stored("b");

        send(settings()).join();

        assertThat(limits()).containsExactly(Duration.ofMillis(800), Duration.ofMillis(300), Duration.ofMillis(800));
    }

    @Test
    void sendThatMayNotBeRetriedIsNeverRepeated() {
        route(new Routes().broker("a", 1));
        lost("a");

        failureOf(send(settings(0, retryCodes(), false)));
        failureOf(call(settings(), Target.queue(new MessageQueue("T", "a", 0))));

        assertThat(requests()).hasSize(2);
    }

    @Test
    void brokerThatFailedIsLeftAloneByLaterSends() {
        route(new Routes().broker("a", 1).broker("b", 1));
        stored("b");

        for (int count = 0; count < 10; count++) {
            send(settings()).join();
        }

        assertThat(addresses()).filteredOn("a:10911"::equals).hasSize(1);
    }

    @Test
    void withoutFaultAvoidanceEverySecondSendPaysForTheSameBroker() {
        route(new Routes().broker("a", 1).broker("b", 1));
        stored("b");

        for (int count = 0; count < 10; count++) {
            send(withoutFaultAvoidance()).join();
        }

        assertThat(addresses()).filteredOn("a:10911"::equals).hasSizeGreaterThan(4);
    }

    @Test
    void brokerThatIsSilentIsLeftAloneWhileItsFirstCallerStillWaits() {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> new CompletableFuture<>());
        stored("b");

        CompletableFuture<SendResult> first = send(settings());
        clock.advance(Duration.ofMillis(501));
        for (int count = 0; count < 10; count++) {
            send(settings()).join();
        }

        assertThat(first).isNotDone();
        assertThat(addresses()).filteredOn("a:10911"::equals).hasSize(1);
    }

    @Test
    void whenAllBrokersAreHeldOffTheLeastBadIsTried() {
        route(new Routes().broker("a", 1).broker("b", 1));
        faults.of("a").isUnreachable();
        faults.of("b").began(clock.monotonicNanos());
        faults.of("b").answered(Duration.ofSeconds(4).toNanos(), clock.monotonicNanos());
        stored("a");
        stored("b");

        assertThat(send(settings()).join().getMessageQueue().getBrokerName()).isEqualTo("b");
        assertThat(send(settings()).join().getMessageQueue().getBrokerName()).isEqualTo("b");
    }

    @Test
    void withOneBrokerOnlyTheNextAttemptGoesToItsNextQueue() {
        route(new Routes().broker("a", 4));
        AtomicInteger requests = new AtomicInteger();
        onSend(
                "a",
                request -> requests.incrementAndGet() < 3
                        ? FakeServers.refusal(ResponseCode.SYSTEM_BUSY, "busy")
                        : storedAnswer(request));

        SendResult result = send(settings()).join();

        assertThat(result.getMessageQueue().getQueueId()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 14, 16, 17, 204, 205, 1500})
    void refusalThatAnotherBrokerMayNotRepeatIsFollowedByAnotherAttempt(int code) {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> FakeServers.refusal(code, "no"));
        stored("b");

        assertThat(send(settings()).join().getMessageQueue().getBrokerName()).isEqualTo("b");
    }

    @Test
    void refusalThatEveryBrokerWouldRepeatGoesToTheCallerAtOnce() {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> FakeServers.refusal(ResponseCode.MESSAGE_ILLEGAL, "too long"));

        Throwable failure = failureOf(send(settings()));

        assertThat(failure)
                .isInstanceOf(MQBrokerException.class)
                .hasMessageContaining("CODE: 13")
                .hasMessageContaining("too long")
                .hasMessageContaining("a:10911");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void codeThatTheUserAddedIsRetriedToo() {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> FakeServers.refusal(4711, "no"));
        stored("b");
        SendSettings settings = settings(2, Set.of(4711), false);

        assertThat(send(settings).join().getMessageQueue().getBrokerName()).isEqualTo("b");
    }

    @Test
    void whenAllAttemptsFailTheErrorTellsOfEachOne() {
        route(new Routes().broker("a", 1).broker("b", 1));

        Throwable failure = failureOf(send(settings()));

        assertThat(failure).isInstanceOf(MQClientException.class).hasCauseInstanceOf(RemotingConnectException.class);
        assertThat(((MQClientException) failure).getResponseCode()).isEqualTo(ClientErrorCode.CONNECT_BROKER_EXCEPTION);
        assertThat(failure)
                .hasMessageContaining("topic T")
                .hasMessageContaining("all of 3 attempts")
                .hasMessageContaining("brokers tried [a, b]")
                .hasMessageContaining("at +0 ms 1) a (a:10911) queue 0: ")
                .hasMessageContaining("2) b (b:10911) queue 0: ")
                .hasMessageContaining("Cannot connect to b:10911");
    }

    @Test
    void codeOfTheErrorSaysOfWhatKindTheLastFailureWas() {
        route(new Routes().broker("a", 1));

        onSend("a", request -> CompletableFuture.failedFuture(new RemotingTimeoutException("no answer")));
        int silent = ((MQClientException) failureOf(send(settings()))).getResponseCode();
        onSend("a", request -> FakeServers.refusal(ResponseCode.SYSTEM_BUSY, "busy"));
        int busy = ((MQClientException) failureOf(send(settings()))).getResponseCode();

        assertThat(silent).isEqualTo(ClientErrorCode.ACCESS_BROKER_TIMEOUT);
        assertThat(busy).isEqualTo(ResponseCode.SYSTEM_BUSY);
    }

    @Test
    void attemptsShareOneDeadline() {
        route(new Routes().broker("a", 1));
        onSend("a", request -> {
            clock.advance(Duration.ofMillis(1_600));
            return FakeServers.refusal(ResponseCode.SYSTEM_BUSY, "busy");
        });

        Throwable failure = failureOf(send(settings()));

        assertThat(failure)
                .isInstanceOf(RemotingTooMuchRequestException.class)
                .hasMessageContaining("3200 ms of 3000 ms")
                .hasMessageContaining("2 attempts");
        assertThat(limits()).containsExactly(Duration.ofMillis(3_000), Duration.ofMillis(1_400));
    }

    @Test
    void silentBrokerGetsLessThanASecondIfThereIsAnotherToGoTo() {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> {
            clock.advance(Duration.ofMillis(800));
            return CompletableFuture.failedFuture(new RemotingTimeoutException("no answer"));
        });
        stored("b");

        SendResult result = send(settings()).join();

        assertThat(result.getMessageQueue().getBrokerName()).isEqualTo("b");
        assertThat(limits()).containsExactly(Duration.ofMillis(800), Duration.ofMillis(800));
    }

    @Test
    void aPatientSendersAttemptsAndThoseOfLargeBodiesHaveMoreTime() throws Exception {
        route(new Routes().broker("a", 1).broker("b", 1));
        stored("a");
        stored("b");

        byte[] large = new byte[300 * 1024];
        new Random(1).nextBytes(large); // not to be compressed
        List<SendCall> calls = List.of(
                SendCall.begin(
                        rooms(settings()),
                        Parcel.of(message()),
                        Target.anyQueue(),
                        SendForm.SYNC,
                        Duration.ofSeconds(10)),
                SendCall.begin(
                        rooms(settings()),
                        Parcel.of(new Message("T", large)),
                        Target.anyQueue(),
                        SendForm.SYNC,
                        TIMEOUT));

        calls.forEach(call -> assertThat(call.result()).isCompleted());
        assertThat(limits()).containsExactly(Duration.ofMillis(2_500), Duration.ofMillis(1_100));
    }

    @Test
    void messageThatIsStoredButNotSafelyIsASuccessWithThatStatus() {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> storedAnswer(ResponseCode.FLUSH_DISK_TIMEOUT, request));

        assertThat(send(settings()).join().getSendStatus()).isEqualTo(SendStatus.FLUSH_DISK_TIMEOUT);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void messageThatIsNotSafelyStoredGoesToAnotherBrokerIfSoWished() {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> storedAnswer(ResponseCode.SLAVE_NOT_AVAILABLE, request));
        stored("b");

        SendResult result = send(settings(2, retryCodes(), true)).join();

        assertThat(result.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(result.getMessageQueue().getBrokerName()).isEqualTo("b");
    }

    @Test
    void resultThatWasObtainedIsNotTakenBackByALaterFailure() {
        route(new Routes().broker("a", 1).broker("b", 1));
        onSend("a", request -> storedAnswer(ResponseCode.FLUSH_SLAVE_TIMEOUT, request));
        onSend("b", request -> FakeServers.refusal(ResponseCode.MESSAGE_ILLEGAL, "no"));

        SendResult result = send(settings(2, retryCodes(), true)).join();

        assertThat(result.getSendStatus()).isEqualTo(SendStatus.FLUSH_SLAVE_TIMEOUT);
        assertThat(result.getMessageQueue().getBrokerName()).isEqualTo("a");
    }

    @Test
    void sendToAGivenQueueIsNotRetried() {
        route(new Routes().broker("a", 2).broker("b", 2));

        Throwable failure = failureOf(call(settings(), Target.queue(new MessageQueue("T", "b", 1))));

        assertThat(failure).isInstanceOf(RemotingException.class);
        assertThat(requests()).extracting(SendRequest::queueId).containsExactly(1);
    }

    @Test
    void queueThatDoesNotExistIsNamedTogetherWithThoseThatDo() {
        route(new Routes().broker("a", 1));

        Throwable failure = failureOf(call(settings(), Target.queue(new MessageQueue("T", "z", 9))));

        assertThat(failure)
                .isInstanceOf(MQClientException.class)
                .hasMessageContaining("brokerName=z, queueId=9")
                .hasMessageContaining("brokerName=a, queueId=0");
    }

    @Test
    void selectorPicksAmongTheWritableQueuesAndItsMistakesGoToTheCaller() {
        route(new Routes().broker("a", 3));
        stored("a");
        Message message = message();

        SendResult picked = call(settings(), Target.selected((queues, sent, arg) -> queues.get(2), message, "k"))
                .join();
        Throwable none = failureOf(call(settings(), Target.selected((queues, sent, arg) -> null, message, "k")));
        Throwable thrown = failureOf(call(
                settings(),
                Target.selected(
                        (queues, sent, arg) -> {
                            throw new IllegalStateException("thrown by the test");
                        },
                        message,
                        "k")));

        assertThat(picked.getMessageQueue().getQueueId()).isEqualTo(2);
        assertThat(none).isInstanceOf(MQClientException.class);
        assertThat(thrown).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void topicThatNobodyKnowsFailsWithWhatEachNameServerSaid() {
        noRoute("T");
        noRoute("TBW102");

        Throwable failure = failureOf(send(settings()));

        assertThat(((MQClientException) failure).getResponseCode())
                .isEqualTo(ClientErrorCode.NOT_FOUND_TOPIC_EXCEPTION);
        assertThat(failure)
                .hasMessageContaining("No route info of this topic: T")
                .hasMessageContaining("ns:9876: the topic is not known")
                .hasMessageContaining("autoCreateTopicEnable");
    }

    @Test
    void brokerThatCannotBeReachedMakesTheRouteBeAskedForAgain() {
        route(new Routes().broker("a", 1));
        servers.on(Routes.addressOf("a"), SendRpcs.SEND_MESSAGE_V2, request -> {
            route(new Routes().broker("b", 1));
            return CompletableFuture.failedFuture(new RemotingConnectException("gone"));
        });
        stored("b");

        assertThat(send(settings()).join().getMessageQueue().getBrokerName()).isEqualTo("b");
    }

    @Test
    void brokerThatNoLongerHasTheTopicMakesTheRouteBeAskedForAgain() {
        route(new Routes().broker("a", 1));
        onSend("a", request -> {
            route(new Routes().broker("b", 1));
            return FakeServers.refusal(ResponseCode.TOPIC_NOT_EXIST, "gone");
        });
        stored("b");

        assertThat(send(settings()).join().getMessageQueue().getBrokerName()).isEqualTo("b");
    }

    @Test
    void oneWaySendGoesOutOnceWithoutAnIdAndIsDoneWhenItIsOnItsWay() {
        route(new Routes().broker("a", 1).broker("b", 1));

        CompletableFuture<SendResult> sent = call(settings(), Target.anyQueue(), SendForm.ONE_WAY);

        assertThat(sent).isCompleted();
        assertThat(requests())
                .hasSize(1)
                .allSatisfy(request -> assertThat(request.properties()).doesNotContain("TERN_SEND"));
    }

    @Test
    void asynchronousSendMakesItsOwnNumberOfAttempts() {
        route(new Routes().broker("a", 1).broker("b", 1).broker("c", 1));
        SendSettings settings = with(config -> {
            config.setRetryTimesWhenSendFailed(0);
            config.setRetryTimesWhenSendAsyncFailed(1);
        });

        failureOf(call(settings, Target.anyQueue(), SendForm.ASYNC));
        int async = requests().size();
        failureOf(call(settings, Target.anyQueue(), SendForm.SYNC));

        assertThat(async).isEqualTo(2);
        assertThat(requests()).hasSize(3);
    }

    @Test
    void nameServersThatTakeAllTheTimeAreNamed() {
        servers.on(NAME_SERVER, RouteRpcs.GET_ROUTEINFO_BY_TOPIC, question -> new CompletableFuture<>());

        CompletableFuture<SendResult> sent = send(settings());
        scheduler.advance(Duration.ofSeconds(3));

        assertThat(failureOf(sent))
                .isInstanceOf(RemotingTooMuchRequestException.class)
                .hasMessageContaining("3000 ms (sendMsgTimeout)")
                .hasMessageContaining("[ns:9876]");
    }

    @Test
    void senderThatGivesUpTeachesHowLongTheBrokerTookByThen() throws Exception {
        route(new Routes().broker("a", 1).broker("b", 1));
        CompletableFuture<Reply> late = new CompletableFuture<>();
        onSend("a", request -> late);
        SendCall call =
                SendCall.begin(rooms(settings()), Parcel.of(message()), Target.anyQueue(), SendForm.SYNC, TIMEOUT);
        clock.advance(Duration.ofMillis(600));

        call.abandon();
        boolean isUsableAfterwards = faults.isUsable("a");
        late.completeExceptionally(new RemotingTimeoutException("no answer"));

        assertThat(isUsableAfterwards).isFalse();
        assertThat(requests()).hasSize(1);
    }

    @Test
    void errorOfOneThatWaitsTooLongTellsWhereItWaits() throws Exception {
        route(new Routes().broker("a", 1));
        onSend("a", request -> new CompletableFuture<>());
        SendCall call =
                SendCall.begin(rooms(settings()), Parcel.of(message()), Target.anyQueue(), SendForm.SYNC, TIMEOUT);
        clock.advance(Duration.ofMillis(3_100));

        assertThat(call.overdue())
                .hasMessageContaining("3100 ms of 3000 ms (sendMsgTimeout)")
                .hasMessageContaining("1) a (a:10911) queue 0: connected in 0 ms, waited 3100 ms");
    }

    @Test
    void cancelledCallMakesNoFurtherAttempt() {
        route(new Routes().broker("a", 1).broker("b", 1));
        CompletableFuture<Reply> late = new CompletableFuture<>();
        onSend("a", request -> late);

        CompletableFuture<SendResult> sent = send(settings());
        sent.cancel(false);
        late.completeExceptionally(new RemotingTimeoutException("no answer"));

        assertThat(requests()).hasSize(1);
    }

    private void route(Routes told) {
        servers.on(
                NAME_SERVER,
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                question -> FakeServers.answer(RouteRpcs.GET_ROUTEINFO_BY_TOPIC, told.build()));
    }

    private void noRoute(String topic) {
        servers.on(
                NAME_SERVER,
                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                question -> FakeServers.refusal(ResponseCode.TOPIC_NOT_EXIST, "no route of " + topic));
    }

    private void stored(String broker) {
        onSend(broker, SendCallTest::storedAnswer);
    }

    private void onSend(String broker, Function<SendRequest, CompletableFuture<Reply>> script) {
        servers.on(Routes.addressOf(broker), SendRpcs.SEND_MESSAGE_V2, script);
    }

    private static CompletableFuture<Reply> storedAnswer(SendRequest request) {
        return storedAnswer(ResponseCode.SUCCESS, request);
    }

    private static CompletableFuture<Reply> storedAnswer(int code, SendRequest request) {
        SendAnswer answer = SendAnswer.stored("offsetId", request.queueId(), 7, "tx", "region", true);
        return FakeServers.answer(code, SendRpcs.SEND_MESSAGE_V2, answer);
    }

    private void lost(String broker) {
        onSend(broker, request -> CompletableFuture.failedFuture(new RemotingSendRequestException("connection lost")));
    }

    private List<String> addresses() {
        return servers.addresses(SendRpcs.SEND_MESSAGE_V2);
    }

    private List<String> uniqueKeys() {
        return requests().stream()
                .map(request -> PropertyString.find(request.properties(), MessageProperties.UNIQUE_KEY)
                        .orElseThrow())
                .toList();
    }

    private List<SendId> sendIds() {
        return requests().stream()
                .map(request -> PropertyString.find(request.properties(), MessageProperties.SEND_ID)
                        .flatMap(SendId::parse)
                        .orElseThrow())
                .toList();
    }

    private List<Duration> limits() {
        return servers.asked().stream()
                .filter(asked -> asked.name().equals("SEND_MESSAGE_V2"))
                .map(FakeServers.Asked::timeout)
                .toList();
    }

    private List<SendRequest> requests() {
        return servers.questions(SendRpcs.SEND_MESSAGE_V2, SendRequest.class);
    }

    private CompletableFuture<SendResult> send(SendSettings settings) {
        return call(settings, Target.anyQueue());
    }

    private CompletableFuture<SendResult> call(SendSettings settings, Target target) {
        return call(settings, target, SendForm.SYNC);
    }

    private CompletableFuture<SendResult> call(SendSettings settings, Target target, SendForm form) {
        try {
            return SendCall.begin(rooms(settings), Parcel.of(message()), target, form, TIMEOUT)
                    .result();
        } catch (MQClientException | RemotingException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private SendRooms rooms(SendSettings settings) {
        UniqueIds ids = new UniqueIds(new byte[4], 1, 2, clock, ZoneOffset.UTC);
        return new SendRooms(
                settings,
                new MessagePreparer(settings, ids),
                sendIds,
                new SendWindow(10, 1_000_000, true),
                routes,
                new QueueChoice(faults, settings.avoidsFaults()),
                faults,
                gateways.sends(),
                new SendHooks(),
                scheduler,
                clock);
    }

    private static Throwable failureOf(CompletableFuture<SendResult> sent) {
        assertThat(sent).isCompletedExceptionally();
        return sent.handle((result, failure) -> failure).join();
    }

    private static Message message() {
        return new Message("T", "body".getBytes(StandardCharsets.UTF_8));
    }

    private static SendSettings settings() {
        return settings(2, retryCodes(), false);
    }

    private static Set<Integer> retryCodes() {
        return new DefaultMQProducer("G").getRetryResponseCodes();
    }

    private static SendSettings withoutFaultAvoidance() {
        return with(config -> config.setSendLatencyFaultEnable(false));
    }

    private static SendSettings with(Consumer<ProducerConfig> change) {
        DefaultMQProducer config = new DefaultMQProducer("G");
        change.accept(config);
        return SendSettings.of(config);
    }

    private static SendSettings settings(int retries, Set<Integer> codes, boolean retryWhenNotSafe) {
        return new SendSettings(
                "G",
                Namespace.NONE,
                false,
                retries,
                retries,
                Optional.empty(),
                true,
                codes,
                retryWhenNotSafe,
                4096,
                4 * 1024 * 1024,
                new Template("TBW102", 4));
    }
}
