package io.ternmq.client.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.Message;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.server.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
                told.complete(e);
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

        List<CompletableFuture<SendResult>> sent = IntStream.range(0, 100)
                .mapToObj(number -> producer.sendAsync(message()))
                .toList();

        CompletableFuture<Void> all = CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
        assertThat(all).succeedsWithin(Duration.ofSeconds(10));
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
    void twoProducersOfOneProcessHaveNamesOfTheirOwnAndShareNothing() throws Exception {
        servers.broker("a", request -> ScriptedServers.stored(request).now());
        DefaultMQProducer one = start();
        DefaultMQProducer other = start();

        one.shutdown();

        assertThat(other.send(message()).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
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
