package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultLitePullConsumer;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.MessageSelector;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.common.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Conditions on properties from the SDK's selector to the broker and back, against our own servers. */
@WithLocalCluster
class SelectorIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int PARSE_FAILED = 23;

    @Test
    void pushConsumerGetsWhatMeetsItsConditionAlsoAfterItIsReplaced(LocalCluster cluster) throws Exception {
        send(cluster, "Pushed", 0, 10);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = pushConsumer(cluster, "SG1", received);
        consumer.subscribe("Pushed", MessageSelector.bySql("number < 3 AND colour = 'green'"));
        consumer.start();
        try {
            await().atMost(LONG).until(() -> received.size() == 2);
            assertThat(received).containsExactlyInAnyOrder("0", "2");

            consumer.subscribe("Pushed", MessageSelector.bySql("number >= 15"));
            send(cluster, "Pushed", 10, 20);

            await().atMost(LONG).until(() -> received.size() >= 7);
            assertThat(received).containsExactlyInAnyOrder("0", "2", "15", "16", "17", "18", "19");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void litePullConsumerGetsWhatMeetsItsCondition(LocalCluster cluster) throws Exception {
        send(cluster, "Pulled", 0, 10);
        DefaultLitePullConsumer consumer = Sdk.litePullConsumer(cluster, "SG2");
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe("Pulled", MessageSelector.bySql("number IN ('1', '9') OR colour IS NULL"));
        consumer.start();
        try {
            List<String> received = new ArrayList<>();
            await().atMost(LONG).until(() -> {
                consumer.poll(200).forEach(message -> received.add(Sdk.text(message)));
                return received.size() >= 2;
            });

            assertThat(received).containsExactlyInAnyOrder("1", "9");
        } finally {
            consumer.shutdown();
        }
    }

    @Test
    void conditionThatIsNoneIsRefusedAtTheStartInTheBrokersWords(LocalCluster cluster) throws Exception {
        send(cluster, "Refused", 0, 1);
        DefaultMQPushConsumer push = pushConsumer(cluster, "SG3", new ArrayList<>());
        push.subscribe("Refused", MessageSelector.bySql("number LIKE 'x%'"));
        DefaultLitePullConsumer pull = Sdk.litePullConsumer(cluster, "SG4");
        pull.subscribe("Refused", MessageSelector.bySql("number >"));

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(push::start)
                .withMessageContaining("at character 8: expected AND, OR or the end, found LIKE")
                .satisfies(refusal -> assertThat(refusal.getResponseCode()).isEqualTo(PARSE_FAILED));
        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(pull::start)
                .withMessageContaining("at character 9")
                .satisfies(refusal -> assertThat(refusal.getResponseCode()).isEqualTo(PARSE_FAILED));
    }

    @Test
    void conditionThatIsRefusedWhileRunningLeavesWhatWasWanted(LocalCluster cluster) throws Exception {
        send(cluster, "Kept", 0, 1);
        List<String> received = new CopyOnWriteArrayList<>();
        DefaultMQPushConsumer consumer = pushConsumer(cluster, "SG5", received);
        consumer.subscribe("Kept", MessageSelector.bySql("number < 5"));
        consumer.start();
        try {
            assertThatExceptionOfType(MQClientException.class)
                    .isThrownBy(() -> consumer.subscribe("Kept", MessageSelector.bySql("number < 'five'")))
                    .withMessageContaining("< compares numbers and properties");

            send(cluster, "Kept", 4, 6);

            await().atMost(LONG).until(() -> received.size() >= 2);
            assertThat(received).containsExactlyInAnyOrder("0", "4");
        } finally {
            consumer.shutdown();
        }
    }

    private static DefaultMQPushConsumer pushConsumer(LocalCluster cluster, String group, List<String> received) {
        DefaultMQPushConsumer consumer = Sdk.pushConsumer(cluster, group);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(message -> received.add(Sdk.text(message)));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        return consumer;
    }

    private static void send(LocalCluster cluster, String topic, int from, int to) throws Exception {
        DefaultMQProducer producer = Sdk.producer(cluster);
        producer.start();
        try {
            for (int number = from; number < to; number++) {
                Message message = Sdk.message(topic, Integer.toString(number));
                message.putUserProperty("number", Integer.toString(number));
                message.putUserProperty("colour", number % 2 == 0 ? "green" : "red");
                producer.send(message);
            }
        } finally {
            producer.shutdown();
        }
    }
}
