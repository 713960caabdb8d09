package io.ternmq.benchmark.tern;

import io.ternmq.benchmark.load.LoadClient;
import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendCallback;
import io.ternmq.client.producer.SendResult;
import io.ternmq.client.producer.SendStatus;
import io.ternmq.common.message.Message;
import java.util.List;
import java.util.function.Consumer;

/** Our client, with its default settings but where the load itself asks for another. */
public final class TernLoadClient implements LoadClient {
    private static final int LISTENER_BATCH = 32;
    private static final int SEND_LIMIT_MILLIS = 30_000; // a cold start on a busy machine takes seconds

    @Override
    public Producer producer(String nameServers) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("BenchmarkProducers");
        producer.setNamesrvAddr(nameServers);
        producer.setSendMsgTimeout(SEND_LIMIT_MILLIS);
        producer.setRetryTimesWhenSendFailed(0);
        producer.setRetryTimesWhenSendAsyncFailed(0);
        producer.start();
        return new TernProducer(producer);
    }

    @Override
    public SturdyProducer sturdyProducer(String nameServers, Boolean avoidsFaults) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("BenchmarkProducers");
        producer.setNamesrvAddr(nameServers);
        if (avoidsFaults != null) {
            producer.setSendLatencyFaultEnable(avoidsFaults);
            producer.setStartDetectorEnable(avoidsFaults);
        }
        producer.start();
        return new SturdyProducer() {
            @Override
            public String send(String topic, byte[] body) throws Exception {
                SendResult result = producer.send(new Message(topic, body));
                if (result.getSendStatus() != SendStatus.SEND_OK) {
                    throw new IllegalStateException("not stored: " + result);
                }
                return result.getMessageQueue().getBrokerName();
            }

            @Override
            public void close() {
                producer.shutdown();
            }
        };
    }

    @Override
    public Running consumer(String nameServers, String topic, String group, Deliveries deliveries) throws Exception {
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(nameServers);
        consumer.setInstanceName(group); // with connections of its own, as a consumer in another process has
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.setConsumeMessageBatchMaxSize(LISTENER_BATCH);
        consumer.subscribe(topic, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            deliveries.delivered(messages.size(), index -> messages.get(index).getBody());
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        return consumer::shutdown;
    }

    /** A started producer. */
    private record TernProducer(DefaultMQProducer producer) implements Producer {
        @Override
        public void send(String topic, byte[] body) throws Exception {
            demandStored(producer.send(new Message(topic, body)));
        }

        @Override
        public void sendBatch(String topic, List<byte[]> bodies) throws Exception {
            demandStored(producer.send(
                    bodies.stream().map(body -> new Message(topic, body)).toList()));
        }

        private static void demandStored(SendResult result) {
            if (result.getSendStatus() != SendStatus.SEND_OK) {
                throw new IllegalStateException("not stored: " + result);
            }
        }

        @Override
        public void sendAsync(String topic, byte[] body, Consumer<Throwable> done) throws Exception {
            producer.send(new Message(topic, body), new SendCallback() {
                @Override
                public void onSuccess(SendResult result) {
                    done.accept(
                            result.getSendStatus() == SendStatus.SEND_OK
                                    ? null
                                    : new IllegalStateException("not stored: " + result));
                }

                @Override
                public void onException(Throwable failure) {
                    done.accept(failure);
                }
            });
        }

        @Override
        public void close() {
            producer.shutdown();
        }
    }
}
