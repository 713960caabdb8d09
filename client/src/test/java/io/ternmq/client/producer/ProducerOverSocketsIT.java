package io.ternmq.client.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.hook.SendMessageContext;
import io.ternmq.client.hook.SendMessageHook;
import io.ternmq.common.message.Message;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.server.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sender is told when brokers misbehave, over real sockets. Scripts keep brokers in order: a, then b. */
class ProducerOverSocketsIT {
    private ScriptedServers servers;
    private final List<DefaultMQProducer> producers = new ArrayList<>();

    @BeforeEach
    void startServers() throws IOException {
        servers = new ScriptedServers();
    }

    @AfterEach
    void closeAll() {
        producers.forEach(DefaultMQProducer::shutdown);
        servers.close();
    }

    @Test
    void brokerThatIsAwayCostsNoFailedSend() throws Exception {
        servers.brokerThatIsAway("a")
                .broker("b", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start();

        for (int count = 0; count < 10; count++) {
            assertThat(producer.send(message()).getMessageQueue().getBrokerName())
                    .isEqualTo("b");
        }
    }

    @Test
    void brokerThatHangsCostsHalfOfTheTimeAndNotTheSend() throws Exception {
        servers.broker("a", request -> new CompletableFuture<>())
                .broker("b", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start();
        producer.setSendMsgTimeout(1_000);

        List<SendResult> results = List.of(producer.send(message()), producer.send(message()));

        assertThat(results)
                .extracting(result -> result.getMessageQueue().getBrokerName())
                .containsOnly("b");
        assertThat(servers.sendsTo("a")).isPositive();
    }

    @Test
    void brokerThatClosesInsteadOfAnsweringCostsNoFailedSend() throws Exception {
        servers.broker("a", request -> {
                    request.connection().close();
                    return new CompletableFuture<>();
                })
                .broker("b", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start();

        for (int count = 0; count < 4; count++) {
            assertThat(producer.send(message()).getMessageQueue().getBrokerName())
                    .isEqualTo("b");
        }
    }

    @Test
    void allBrokersAwayIsToldWithEachAttemptAndItsAddress() throws Exception {
        servers.brokerThatIsAway("a").brokerThatIsAway("b");
        DefaultMQProducer producer = start();

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(() -> producer.send(message()))
                .withMessageContaining("all of 3 attempts")
                .withMessageContaining("1) ")
                .withMessageContaining("3) ")
                .withMessageContaining("127.0.0.1:")
                .extracting(MQClientException::getResponseCode)
                .isEqualTo(ClientErrorCode.CONNECT_BROKER_EXCEPTION);
    }

    @Test
    void timeSpentOnASilentBrokerIsToldAsSuch() throws Exception {
        servers.broker("a", request -> new CompletableFuture<>());
        DefaultMQProducer producer = start();
        producer.setSendMsgTimeout(300);

        assertThatThrownBy(() -> producer.send(message()))
                .isInstanceOfAny(RemotingException.class, MQClientException.class)
                .hasMessageContaining("ms");
    }

    @Test
    void sendToOneQueueTellsTheFailureItselfAsTheWireSawIt() throws Exception {
        servers.broker("a", request -> new CompletableFuture<>());
        DefaultMQProducer producer = start();
        var queue = producer.fetchPublishMessageQueues("T").get(0);

        assertThatExceptionOfType(RemotingTimeoutException.class)
                .isThrownBy(() -> producer.send(message(), queue, 300));
    }

    @Test
    void busyBrokerIsFollowedByAnotherAndARefusalForGoodIsTold() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        servers.broker(
                "a",
                request -> asked.incrementAndGet() == 1
                        ? Response.refused(ResponseCode.SYSTEM_BUSY, "busy").now()
                        : Response.refused(ResponseCode.MESSAGE_ILLEGAL, "never")
                                .now());
        DefaultMQProducer producer = start();

        assertThatExceptionOfType(MQBrokerException.class)
                .isThrownBy(() -> producer.send(message()))
                .withMessageContaining("never")
                .extracting(MQBrokerException::getResponseCode)
                .isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(asked).hasValue(2);
    }

    @Test
    void interruptedSenderIsToldAtOnceAndNothingMoreIsSent() throws Exception {
        servers.broker("a", request -> new CompletableFuture<>());
        DefaultMQProducer producer = start();
        producer.setSendMsgTimeout(30_000);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                producer.send(message());
                told.complete(null);
            } catch (Exception e) { // whatever it is, the test looks at it
                told.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost", e));
            }
        });
        sender.start();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> servers.sendsTo("a") == 1);

        sender.interrupt();

        assertThat(told.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(servers.sendsTo("a")).isEqualTo(1);
    }

    @Test
    void asynchronousSendsAreRetriedLikeOthersAndToldOnce() throws Exception {
        servers.brokerThatIsAway("a")
                .broker("b", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start();
        producer.setSendMsgTimeout(60_000); // no attempt is to run out of time, however busy the machine

        List<CompletableFuture<SendResult>> sent = IntStream.range(0, 100)
                .mapToObj(number -> producer.sendAsync(message()))
                .toList();

        CompletableFuture<Void> all = CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
        assertThat(all).succeedsWithin(Duration.ofSeconds(60));
        assertThat(servers.sendsTo("b")).isEqualTo(100);
    }

    @Test
    void callbackThatBlocksHoldsUpNeitherTheNetworkNorOtherCallbacks() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(20);
        producer.send(message(), new Ignoring() {
            @Override
            public void onSuccess(SendResult sendResult) {
                awaitQuietly(release);
            }
        });

        for (int count = 0; count < 20; count++) {
            producer.send(message(), new Ignoring() {
                @Override
                public void onSuccess(SendResult sendResult) {
                    others.countDown();
                }
            });
        }
        SendResult direct = producer.send(message());

        assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(direct.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        release.countDown();
    }

    @Test
    void fullWindowMakesTheSenderWaitAndThenRefuses() throws Exception {
        servers.broker("a", request -> new CompletableFuture<>());
        DefaultMQProducer producer = new DefaultMQProducer("G");
        producer.setBackPressureForAsyncSendNum(1);
        DefaultMQProducer narrow = start(producer);
        narrow.setSendMsgTimeout(2_000);
        CompletableFuture<SendResult> first = narrow.sendAsync(message());

        assertThatThrownBy(() -> narrow.send(message(), new Ignoring(), 100))
                .isInstanceOf(RemotingException.class)
                .hasMessageContaining("backPressureForAsyncSendNum");
        assertThat(first).failsWithin(Duration.ofSeconds(10)).withThrowableOfType(ExecutionException.class);
    }

    @Test
    void fullWindowRefusesAtOnceIfTheSenderDoesNotWantToWait() throws Exception {
        servers.broker("a", request -> new CompletableFuture<>());
        DefaultMQProducer producer = new DefaultMQProducer("G");
        producer.setBackPressureForAsyncSendSize(1);
        producer.setEnableBackpressureForAsyncMode(false);
        producer.setSendMsgTimeout(2_000);
        start(producer);
        CompletableFuture<SendResult> first = producer.sendAsync(message());

        assertThat(producer.sendAsync(message()))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("backPressureForAsyncSendSize")
                .withMessageContaining("waited 0 ms");
        assertThat(first).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void twoProducersOfOneProcessHaveNamesOfTheirOwnAndShareNothing() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer one = start();
        DefaultMQProducer other = start();

        one.shutdown();

        assertThat(other.send(message()).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
    }

    @Test
    void secondProducerOfAGroupUnderTheSameNameIsRefusedUntilTheFirstEnds() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer first = named("one");
        DefaultMQProducer second = named("one");
        first.start();

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(second::start)
                .withMessageContaining("group G runs in this process")
                .withMessageContaining("@one");
        named("other").start();
        first.shutdown();
        second.start();

        assertThat(second.send(message()).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
    }

    @Test
    void producersOfOneNameInTwoClustersDoNotMeet() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        try (ScriptedServers others = new ScriptedServers()) {
            others.broker("z", request -> ScriptedServers.stored(request).now());
            DefaultMQProducer here = named("one");
            DefaultMQProducer there = named("one");
            there.setNamesrvAddr(others.namesrvAddr());

            here.start();
            there.start();

            for (int count = 0; count < 5; count++) {
                assertThat(here.send(message()).getMessageQueue().getBrokerName())
                        .isEqualTo("a");
                assertThat(there.send(message()).getMessageQueue().getBrokerName())
                        .isEqualTo("z");
            }
        }
    }

    @Test
    void startMakesAnnouncedTopicsReadySoThatTheFirstSendNeedNot() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());

        DefaultMQProducer producer = start(new DefaultMQProducer("G", List.of("T")));
        int askedByTheStart = servers.routeQuestions();
        SendResult sent = producer.send(message());

        assertThat(sent.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(askedByTheStart).isPositive();
        assertThat(servers.connections("a")).isEqualTo(1);
    }

    @Test
    void hooksSeeEachAttemptBeforeAndAfterAndMayFail() throws Exception {
        servers.brokerThatIsAway("a")
                .broker("b", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start();
        List<String> seen = new CopyOnWriteArrayList<>();
        producer.registerSendMessageHook(new SendMessageHook() {
            @Override
            public String hookName() {
                return "failing";
            }

            @Override
            public void sendMessageBefore(SendMessageContext context) {
                throw new IllegalStateException("thrown by the test");
            }

            @Override
            public void sendMessageAfter(SendMessageContext context) {
                seen.add(context.getMq().getBrokerName()
                        + (context.getException().isPresent()
                                ? " failed"
                                : " stored " + context.getStored().get().msgId()));
            }
        });

        SendResult first = producer.send(message());
        SendResult second = producer.send(message());

        assertThat(seen)
                .containsSubsequence("b stored " + first.getMsgId(), "b stored " + second.getMsgId())
                .contains("a failed")
                .hasSize(3);
    }

    @Test
    void whatOneHookKeepsForLaterIsNotAnotherHooks() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start();
        List<Object> found = new CopyOnWriteArrayList<>();
        producer.registerSendMessageHook(new KeepingHook("first", found));
        producer.registerSendMessageHook(new KeepingHook("second", found));

        producer.send(message());

        assertThat(found).containsExactly("first", "second");
    }

    /** Keeps its name from before an attempt to after it. */
    private record KeepingHook(String hookName, List<Object> found) implements SendMessageHook {
        @Override
        public void sendMessageBefore(SendMessageContext context) {
            context.setMqTraceContext(hookName);
        }

        @Override
        public void sendMessageAfter(SendMessageContext context) {
            found.add(context.getMqTraceContext());
        }
    }

    @Test
    void tracedProducerSendsWhatItRecordedAtItsEnd() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start(new DefaultMQProducer("G", true, "Traces"));
        producer.send(message());

        producer.shutdown();

        assertThat(servers.topicsSentTo("a")).containsExactly("T", "Traces");
    }

    @Test
    void traceThatNoBrokerTakesDisturbsNoSend() throws Exception {
        servers.broker("a", request -> {
            boolean isTrace = request.decode(SendRpcs.SEND_MESSAGE_V2).topic().equals("Traces");
            return isTrace
                    ? Response.refused(ResponseCode.SYSTEM_ERROR, "refused by the test")
                            .now()
                    : ScriptedServers.stored(request).now();
        });
        DefaultMQProducer producer = new DefaultMQProducer("G", true, "Traces");
        producer.setTraceMsgBatchNum(1);
        start(producer);

        producer.send(message());
        SendResult second = producer.send(message());
        producer.shutdown();

        assertThat(second.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(servers.topicsSentTo("a")).contains("Traces");
    }

    @Test
    void namespaceIsWrappedOnTheWireAndTakenOffResults() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = new DefaultMQProducer("G");
        producer.setNamespace("shop");
        start(producer);

        SendResult sent = producer.send(message());

        assertThat(servers.topicsSentTo("a")).containsExactly("shop%T");
        assertThat(sent.getMessageQueue().getTopic()).isEqualTo("T");
        assertThat(producer.fetchPublishMessageQueues("T")).contains(sent.getMessageQueue());
    }

    @Test
    void stateOfTheProducerIsToldInItsOwnWords() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer fresh = new DefaultMQProducer("G");
        DefaultMQProducer failed = new DefaultMQProducer("G");
        failed.setNamesrvAddr(" ");
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(failed::start)
                .extracting(MQClientException::getResponseCode)
                .isEqualTo(ClientErrorCode.NO_NAME_SERVER_EXCEPTION);
        DefaultMQProducer over = start();
        over.shutdown();

        assertThatThrownBy(() -> fresh.send(message())).hasMessageContaining("was not started");
        assertThatThrownBy(() -> failed.send(message())).hasMessageContaining("did not start: No name server address");
        assertThatThrownBy(() -> over.send(message())).hasMessageContaining("was shut down");
        assertThatThrownBy(over::start).hasMessageContaining("was shut down before");
    }

    @Test
    void nameServersMayChangeWhileTheProducerRuns() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer producer = start();
        producer.send(message());
        try (ScriptedServers others = new ScriptedServers()) {
            others.broker("z", request -> ScriptedServers.stored(request).now());

            producer.setNamesrvAddr(others.namesrvAddr());

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> producer.send(message())
                            .getMessageQueue()
                            .getBrokerName()
                            .equals("z"));
            assertThatThrownBy(() -> producer.setNamesrvAddr(" ")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private DefaultMQProducer named(String instanceName) {
        DefaultMQProducer producer = new DefaultMQProducer("G");
        producer.setNamesrvAddr(servers.namesrvAddr());
        producer.setInstanceName(instanceName);
        producers.add(producer);
        return producer;
    }

    private DefaultMQProducer start() throws MQClientException {
        return start(new DefaultMQProducer("G"));
    }

    private DefaultMQProducer start(DefaultMQProducer producer) throws MQClientException {
        producer.setNamesrvAddr(servers.namesrvAddr());
        producer.start();
        producers.add(producer);
        return producer;
    }

    private static Message message() {
        return new Message("T", new byte[] {1});
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does not care how a send ends. */
    private static class Ignoring implements SendCallback {
        @Override
        public void onSuccess(SendResult sendResult) {
            // Not of interest here.
        }

        @Override
        public void onException(Throwable e) {
            // Not of interest here.
        }
    }
}
