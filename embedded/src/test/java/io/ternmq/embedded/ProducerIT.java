package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ternmq.client.consumer.DefaultLitePullConsumer;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SelectMessageQueueByHash;
import io.ternmq.client.producer.SendCallback;
import io.ternmq.client.producer.SendResult;
import io.ternmq.client.producer.SendStatus;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way of sending, against our own servers. */
@WithLocalCluster
class ProducerIT {
    private DefaultMQProducer producer;

    @BeforeEach
    void startProducer(LocalCluster cluster) throws Exception {
        producer = Sdk.producer(cluster);
        producer.start();
    }

    @AfterEach
    void shutProducerDown() {
        producer.shutdown();
    }

    @Test
    void sentMessageIsReadBackAsItWas(LocalCluster cluster) throws Exception {
        Message message = new Message("Whole", "TagA", "k1 k2", 7, new byte[] {1, 2, 3}, true);
        message.putUserProperty("u", "v");

        SendResult result = producer.send(message);

        MessageExt read = readAll(cluster, "Whole", 1).get(0);
        assertThat(result.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(read.getBody()).containsExactly(1, 2, 3);
        assertThat(read.getTags()).isEqualTo("TagA");
        assertThat(read.getKeys()).isEqualTo("k1 k2");
        assertThat(read.getFlag()).isEqualTo(7);
        assertThat(read.getUserProperty("u")).isEqualTo("v");
        assertThat(read.getMsgId()).isEqualTo(result.getMsgId());
        assertThat(read.getOffsetMsgId()).isEqualTo(result.getOffsetMsgId());
        assertThat(read.getQueueId()).isEqualTo(result.getMessageQueue().getQueueId());
        assertThat(read.getQueueOffset()).isEqualTo(result.getQueueOffset());
    }

    @Test
    void longBodyIsCompressedOnTheWayAndReadBackWhole(LocalCluster cluster) throws Exception {
        byte[] body = new byte[1_000_000];
        Arrays.fill(body, (byte) 'x');

        producer.send(new Message("Long", body));

        MessageExt read = readAll(cluster, "Long", 1).get(0);
        assertThat(read.getBody()).isEqualTo(body);
        assertThat(read.getStoreSize()).isLessThan(10_000);
    }

    @Test
    void messagesOfABatchAreStoredInOneQueueInOrder(LocalCluster cluster) throws Exception {
        List<Message> batch = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            batch.add(Sdk.message("Batch", "b" + number));
        }

        SendResult result = producer.send(batch);

        assertThat(result.getMsgId().split(",", -1)).hasSize(10);
        assertThat(readAll(cluster, "Batch", 10))
                .extracting(Sdk::text)
                .containsExactly("b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9");
    }

    @Test
    void callbackAndFutureTellHowTheSendEnded() throws Exception {
        CompletableFuture<SendResult> called = new CompletableFuture<>();
        producer.send(Sdk.message("Async", "callback"), new SendCallback() {
            @Override
            public void onSuccess(SendResult sendResult) {
                called.complete(sendResult);
            }

            @Override
            public void onException(Throwable e) {
                called.completeExceptionally(e);
            }
        });
        CompletableFuture<SendResult> future = producer.sendAsync(Sdk.message("Async", "future"));

        assertThat(called.get(10, TimeUnit.SECONDS).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(future.get(10, TimeUnit.SECONDS).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
    }

    @Test
    void manyAsynchronousSendsAllEndAlsoWhenTheWindowIsSmall(LocalCluster cluster) throws Exception {
        DefaultMQProducer narrow = Sdk.producer(cluster);
        narrow.setBackPressureForAsyncSendNum(16);
        narrow.start();
        try {
            List<CompletableFuture<SendResult>> sent = new ArrayList<>();
            for (int number = 0; number < 2_000; number++) {
                sent.add(narrow.sendAsync(Sdk.message("Many", "m" + number)));
            }

            assertThat(CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new)))
                    .succeedsWithin(Duration.ofSeconds(30));
        } finally {
            narrow.shutdown();
        }
    }

    @Test
    void shutdownLetsSendsThatAreUnderWayEnd(LocalCluster cluster) throws Exception {
        DefaultMQProducer shortLived = Sdk.producer(cluster);
        shortLived.start();
        List<CompletableFuture<SendResult>> sent = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            sent.add(shortLived.sendAsync(Sdk.message("UnderWay", "m" + number)));
        }

        shortLived.shutdown();

        assertThat(sent).allSatisfy(each -> assertThat(each).isCompleted());
    }

    @Test
    void oneWayMessageArrives(LocalCluster cluster) throws Exception {
        producer.sendOneway(Sdk.message("OneWay", "sent"));

        assertThat(readAll(cluster, "OneWay", 1)).extracting(Sdk::text).containsExactly("sent");
    }

    @Test
    void messageGoesToTheQueueThatIsGivenOrSelected() throws Exception {
        producer.send(Sdk.message("Chosen", "first")); // makes the topic
        MessageQueue queue = producer.fetchPublishMessageQueues("Chosen").get(2);

        SendResult given = producer.send(Sdk.message("Chosen", "given"), queue);
        SendResult one = producer.send(Sdk.message("Chosen", "k"), new SelectMessageQueueByHash(), "key");
        SendResult other = producer.send(Sdk.message("Chosen", "k"), new SelectMessageQueueByHash(), "key");

        assertThat(given.getMessageQueue()).isEqualTo(queue);
        assertThat(other.getMessageQueue()).isEqualTo(one.getMessageQueue());
    }

    @Test
    void messageTooLongForTheBrokerIsRefusedWithItsCode() {
        producer.setCompressMsgBodyOverHowmuch(Integer.MAX_VALUE);

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(() -> producer.send(new Message("TooLong", new byte[4 * 1024 * 1024 + 1])))
                .withMessageContaining("4194305");
    }

    @Test
    void producerThatIsNotRunningSaysSo(LocalCluster cluster) throws Exception {
        DefaultMQProducer neverStarted = Sdk.producer(cluster);
        DefaultMQProducer over = Sdk.producer(cluster);
        over.start();
        over.shutdown();

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(() -> neverStarted.send(Sdk.message("T", "x")))
                .withMessageContaining("was not started");
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(() -> over.send(Sdk.message("T", "x")))
                .withMessageContaining("was shut down");
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(over::start)
                .withMessageContaining("shut down before");
    }

    @Test
    void producerWithoutANameServerDoesNotStart() {
        DefaultMQProducer lost = new DefaultMQProducer("P");
        lost.setNamesrvAddr(" ; ");

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(lost::start)
                .withMessageContaining("No name server address")
                .extracting(MQClientException::getResponseCode)
                .isEqualTo(ClientErrorCode.NO_NAME_SERVER_EXCEPTION);
    }

    @Test
    void nameServerWhoseHostIsUnknownIsNamed() throws Exception {
        DefaultMQProducer lost = new DefaultMQProducer("P");
        lost.setNamesrvAddr("no-such-host.invalid:9876");
        lost.start();
        try {
            assertThatExceptionOfType(MQClientException.class)
                    .isThrownBy(() -> lost.send(Sdk.message("T", "x"), 10_000))
                    .withMessageContaining("no-such-host.invalid:9876")
                    .extracting(MQClientException::getResponseCode)
                    .isEqualTo(ClientErrorCode.NOT_FOUND_TOPIC_EXCEPTION);
        } finally {
            lost.shutdown();
        }
    }

    private static List<MessageExt> readAll(LocalCluster cluster, String topic, int count) throws Exception {
        DefaultLitePullConsumer consumer = Sdk.litePullConsumer(cluster, "Read" + topic);
        consumer.subscribe(topic, "*");
        consumer.start();
        try {
            List<MessageExt> read = new ArrayList<>();
            Awaitility.await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(() -> {
                read.addAll(consumer.poll(1_000));
                return read.size() >= count;
            });
            return read;
        } finally {
            consumer.shutdown();
        }
    }
}
