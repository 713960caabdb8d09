package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ternmq.client.consumer.DefaultMQPullConsumer;
import io.ternmq.client.consumer.PullCallback;
import io.ternmq.client.consumer.PullResult;
import io.ternmq.client.consumer.PullStatus;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.ResponseCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Plain pulls against our own servers, beyond what the tests with official clients and servers see. */
@WithLocalCluster
class PullConsumerIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void callbackIsToldOnAThreadThatMayBlock(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Called", 3);
        DefaultMQPullConsumer consumer = started(cluster, "PC1");
        try {
            Told told = new Told();
            consumer.pull(queue, "*", 0, 32, told);

            PullResult result = told.outcome.get(30, TimeUnit.SECONDS);
            assertThat(result.getPullStatus()).isEqualTo(PullStatus.FOUND);
            assertThat(result.getMsgFoundList()).extracting(Sdk::text).containsExactly("m0", "m1", "m2");
            assertThat(told.threadName).startsWith("pull-callback-PC1");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void callbackIsToldOfTheBrokersRefusal(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Refused", 1);
        DefaultMQPullConsumer consumer = started(cluster, "PC2");
        try {
            Told told = new Told();
            consumer.pull(new MessageQueue("Refused", queue.getBrokerName(), 77), "*", 0, 32, told);

            assertThat(told.outcome).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(MQBrokerException.class);
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void pullWaitsForTheNextMessageIfItIsToldTo(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Awaited", 1);
        DefaultMQPullConsumer consumer = started(cluster, "PC3");
        try {
            PullResult atOnce = consumer.pull(queue, "*", 1, 32);
            Told told = new Told();
            consumer.pullBlockIfNotFound(queue, "*", 1, 32, told);
            send(cluster, queue, "at last");

            assertThat(atOnce.getPullStatus()).isEqualTo(PullStatus.NO_NEW_MSG);
            assertThat(atOnce.getMsgFoundList()).isEmpty();
            assertThat(told.outcome.get(10, TimeUnit.SECONDS).getMsgFoundList())
                    .extracting(Sdk::text)
                    .containsExactly("at last");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void messageThatIsSentBackComesAgainInTheRetryTopicOfTheGroup(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Returned", 1);
        DefaultMQPullConsumer consumer = started(cluster, "PC4");
        try {
            MessageExt message =
                    consumer.pull(queue, "*", 0, 1).getMsgFoundList().get(0);
            consumer.sendMessageBack(message, 1);

            MessageQueue retry = new MessageQueue("%RETRY%PC4", queue.getBrokerName(), 0);
            PullResult again = Awaitility.await()
                    .atMost(LONG)
                    .until(
                            () -> consumer.pull(retry, "*", 0, 32),
                            result -> result.getPullStatus() == PullStatus.FOUND);
            assertThat(again.getMsgFoundList()).singleElement().satisfies(returned -> {
                assertThat(returned.getTopic()).isEqualTo("Returned");
                assertThat(returned.getReconsumeTimes()).isEqualTo(1);
                assertThat(returned.getMsgId()).isEqualTo(message.getMsgId());
            });
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void whatWasNotedIsKnownHereAtOnceAndToTheBrokerAtTheEnd(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Noted", 5);
        DefaultMQPullConsumer first = started(cluster, "PC5");
        first.pull(queue, "*", 0, 32);
        first.updateConsumeOffset(queue, 3);
        long here = first.fetchConsumeOffset(queue, false);
        first.shutdown();

        DefaultMQPullConsumer second = started(cluster, "PC5");
        try {
            assertThat(here).isEqualTo(3);
            assertThat(second.fetchConsumeOffset(queue, true)).isEqualTo(3);
            assertThat(second.fetchConsumeOffset(queue, false)).isEqualTo(3);
        } finally {
            second.shutdown();
        }
    }

    @Test
    void whatCannotBeAskedIsRefusedWithTheReason(LocalCluster cluster) throws Exception {
        MessageQueue queue = send(cluster, "Strict", 1);
        DefaultMQPullConsumer consumer = new DefaultMQPullConsumer("PC6");
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(() -> consumer.pull(queue, "*", 0, 1))
                .withMessageContaining("PC6")
                .withMessageContaining("not running");
        consumer.setNamesrvAddr(cluster.namesrvAddr());
        consumer.start();
        try {
            assertThatExceptionOfType(MQClientException.class)
                    .isThrownBy(() -> consumer.pull(queue, "*", -1, 1))
                    .withMessageContaining("-1");
            assertThatExceptionOfType(MQClientException.class)
                    .isThrownBy(() -> consumer.pull(new MessageQueue("Strict", "nobody", 0), "*", 0, 1))
                    .satisfies(failure -> assertThat(failure.getResponseCode())
                            .isEqualTo(ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION));
            assertThatExceptionOfType(MQBrokerException.class)
                    .isThrownBy(() -> consumer.pull(new MessageQueue("Strict", queue.getBrokerName(), 77), "*", 0, 1))
                    .satisfies(failure -> assertThat(failure.getResponseCode()).isNotEqualTo(ResponseCode.SUCCESS));
        } finally {
            consumer.shutdown();
        }
    }

    private static DefaultMQPullConsumer started(LocalCluster cluster, String group) throws MQClientException {
        DefaultMQPullConsumer consumer = new DefaultMQPullConsumer(group);
        consumer.setNamesrvAddr(cluster.namesrvAddr());
        consumer.start();
        return consumer;
    }

    /** Makes a topic of one queue with messages m0, m1 and so on. */
    private static MessageQueue send(LocalCluster cluster, String topic, int count) throws Exception {
        Sdk.createTopic(cluster, topic, 1);
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            MessageQueue queue = producer.fetchPublishMessageQueues(topic).get(0);
            for (int index = 0; index < count; index++) {
                producer.send(Sdk.message(topic, "m" + index), queue);
            }
            return queue;
        } finally {
            producer.shutdown();
        }
    }

    private static void send(LocalCluster cluster, MessageQueue queue, String text) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            producer.send(Sdk.message(queue.getTopic(), text), queue);
        } finally {
            producer.shutdown();
        }
    }

    /** Keeps what it is told. */
    private static final class Told implements PullCallback {
        private final CompletableFuture<PullResult> outcome = new CompletableFuture<>();
        private volatile String threadName = "";

        @Override
        public void onSuccess(PullResult pullResult) {
            threadName = Thread.currentThread().getName();
            outcome.complete(pullResult);
        }

        @Override
        public void onException(Throwable e) {
            outcome.completeExceptionally(e);
        }
    }
}
