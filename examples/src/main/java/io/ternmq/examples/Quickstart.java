package io.ternmq.examples;

import io.ternmq.client.consumer.ConsumeFromWhere;
import io.ternmq.client.consumer.DefaultMQPushConsumer;
import io.ternmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.producer.DefaultMQProducer;
import io.ternmq.client.producer.SendResult;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageExt;
import io.ternmq.embedded.LocalCluster;
import io.ternmq.remoting.protocol.RemotingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts a cluster in this JVM, sends ten messages, receives them, and says what to do next. Exit code 0 if all came, 1
 * with the reason on the error stream if not. With {@code --keep} the cluster runs on until the process is told to stop;
 * with {@code --namesrv HOST:PORT} a cluster is used that runs already, and {@code --send} or {@code --receive} behind it
 * does half of it.
 */
public final class Quickstart {
    private static final String TOPIC = "Quickstart";
    private static final String KEEP = "--keep";
    private static final String NAME_SERVER = "--namesrv";
    private static final String SEND = "--send";
    private static final String RECEIVE = "--receive";
    private static final int MESSAGES = 10;
    private static final int WAIT_SECONDS = 30;

    private final PrintStream out;

    Quickstart(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length >= 2 && arguments[0].equals(NAME_SERVER)) {
            use(arguments[1], List.of(arguments).subList(2, arguments.length));
            return;
        }
        boolean keeps = List.of(arguments).contains(KEEP);
        try (LocalCluster cluster = LocalCluster.start().closeAtExit()) {
            Quickstart quickstart = new Quickstart(System.out);
            quickstart.run(cluster);
            quickstart.sayWhatNext(cluster, keeps);
            if (keeps) {
                new CountDownLatch(1).await(); // until a signal ends the process
            }
        } catch (IOException | MQClientException | MQBrokerException | RemotingException | IllegalStateException e) {
            fail(e);
        }
    }

    private static void use(String namesrvAddr, List<String> only) throws InterruptedException {
        Quickstart quickstart = new Quickstart(System.out);
        try {
            if (!only.contains(RECEIVE)) {
                quickstart.send(namesrvAddr);
            }
            if (!only.contains(SEND)) {
                quickstart.receive(namesrvAddr);
                System.out.println();
                System.out.println("All " + MESSAGES + " messages were received.");
            }
        } catch (MQClientException | MQBrokerException | RemotingException | IllegalStateException e) {
            fail(e);
        }
    }

    private static void fail(Exception e) {
        System.err.println("Quickstart failed: " + e.getMessage());
        System.exit(1);
    }

    /**
     * Sends and receives.
     *
     * @throws IllegalStateException if not every message came
     */
    void run(LocalCluster cluster)
            throws MQClientException, MQBrokerException, RemotingException, InterruptedException {
        out.println("A name server at " + cluster.namesrvAddr() + " and a broker at "
                + String.join(", ", cluster.brokerAddresses()) + " run in this process.");
        send(cluster.namesrvAddr());
        receive(cluster.namesrvAddr());
    }

    private void send(String namesrvAddr)
            throws MQClientException, MQBrokerException, RemotingException, InterruptedException {
        DefaultMQProducer producer = new DefaultMQProducer("quickstart-producer");
        producer.setNamesrvAddr(namesrvAddr);
        producer.setSendMsgTimeout(WAIT_SECONDS * 1000); // a first send on a machine that has much else to do
        producer.start();
        try {
            for (int number = 1; number <= MESSAGES; number++) {
                byte[] body = ("Hello " + number).getBytes(StandardCharsets.UTF_8);
                SendResult result = producer.send(new Message(TOPIC, "greeting", body));
                out.println("Sent      " + result);
            }
        } finally {
            producer.shutdown();
        }
    }

    private void receive(String namesrvAddr) throws MQClientException, InterruptedException {
        Set<String> missing = ConcurrentHashMap.newKeySet();
        for (int number = 1; number <= MESSAGES; number++) {
            missing.add("Hello " + number);
        }
        CountDownLatch received = new CountDownLatch(MESSAGES);
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("quickstart-consumer");
        consumer.setNamesrvAddr(namesrvAddr);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(TOPIC, "*");
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (MessageExt message : messages) {
                String body = new String(message.getBody(), StandardCharsets.UTF_8);
                out.println("Received  \"" + body + "\" msgId=" + message.getMsgId() + " queueId="
                        + message.getQueueId() + " queueOffset=" + message.getQueueOffset());
                if (missing.remove(body)) {
                    received.countDown();
                }
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        try {
            if (!received.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "not received within " + WAIT_SECONDS + " seconds of " + MESSAGES + ": " + missing);
            }
        } finally {
            consumer.shutdown();
        }
    }

    private void sayWhatNext(LocalCluster cluster, boolean keeps) {
        out.println();
        out.println("All " + MESSAGES + " messages were received.");
        out.println();
        if (keeps) {
            out.println("The cluster runs on: point any RocketMQ client to namesrvAddr=" + cluster.namesrvAddr() + ".");
            out.println("Stop it with Ctrl-C.");
            return;
        }
        out.println("What next:");
        out.println("  ./quickstart " + KEEP + "              keeps this cluster running, for your own clients");
        out.println("  distribution/target/ternmq/bin/  holds mqnamesrv, mqbroker and mqlocal, to run servers");
        out.println("  io.ternmq:ternmq-client          is the SDK: see README.md for a producer and a consumer");
    }
}
