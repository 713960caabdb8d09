package io.ternmq.client.consumer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.OffsetGateway;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.session.CheckSubscriptionRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of consumers that wait for an answer, on the application's thread. Stateless. */
final class ConsumerSteps {
    private static final Logger log = LoggerFactory.getLogger(ConsumerSteps.class);

    private final ClientInstance instance;

    ConsumerSteps(ClientInstance instance) {
        this.instance = instance;
    }

    /** Asks for all routes at once, and waits a bounded time. A topic that is not known may come to be later. */
    void findRoutes(Set<String> topics) throws InterruptedException {
        CompletableFuture<?>[] asked = topics.stream()
                .map(topic -> instance.routes().find(topic).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        waitFor(CompletableFuture.allOf(asked), "routes");
    }

    /** Asks a broker whether it can use the expressions that are not tags. */
    void checkExpressions(String group, List<SubscriptionData> subscriptions) throws MQClientException {
        for (SubscriptionData subscription : subscriptions) {
            Optional<String> address = anyBroker(subscription.topic());
            if (!subscription.isTagType() && address.isPresent()) {
                check(group, subscription, address.get());
            }
        }
    }

    /** As {@link #checkExpressions}, of one topic that is subscribed to while the consumer runs. */
    void checkExpression(String group, String topic, MessageSelector selector) throws MQClientException {
        if (SubscriptionData.isTagType(selector.type())) {
            return; // nothing to ask, and nothing to wait for
        }
        try {
            findRoutes(Set.of(topic));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MQClientException("Interrupted while subscribing to topic " + topic, e);
        }
        checkExpressions(group, List.of(SubscriptionData.of(topic, selector.expression(), selector.type(), 0)));
    }

    /** The queues of a topic that can be read now. */
    Set<MessageQueue> subscribeQueues(String topic) throws MQClientException {
        Optional<TopicRoute> route = get(instance.routes().find(topic), "where topic " + topic + " is");
        return new LinkedHashSet<>(route.orElseThrow(() -> new MQClientException(
                        ClientErrorCode.NOT_FOUND_TOPIC_EXCEPTION,
                        "No route info of this topic: " + topic + ". Asked: "
                                + instance.routes().nameServerAddresses()))
                .subscribeQueues());
    }

    /** The address of the broker that a queue is on. */
    String masterOf(MessageQueue queue) throws MQClientException {
        Optional<TopicRoute> route = instance.routes().known(queue.getTopic());
        if (route.isEmpty()) {
            route = get(instance.routes().find(queue.getTopic()), "where " + queue + " is");
        }
        return route.flatMap(known -> known.addressOf(queue.getBrokerName(), TopicRoute.MASTER))
                .orElseThrow(() -> new MQClientException(
                        ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION, "No broker is known for " + queue));
    }

    /** A question about a queue, for its broker. */
    @FunctionalInterface
    interface Place {
        CompletionStage<Long> ask(OffsetGateway offsets, String address, Duration timeout);
    }

    /** Asks the broker of a queue for one of its places or times; {@code what} names it. */
    long ask(MessageQueue queue, String what, Place place) throws MQClientException {
        String address = masterOf(queue);
        return get(place.ask(instance.gateways().offsets(), address, instance.callTimeout()), what + " of " + queue);
    }

    /** Waits for an answer; {@code what} completes "asked for". */
    <T> T get(CompletionStage<T> answer, String what) throws MQClientException {
        try {
            return answer.toCompletableFuture().get(instance.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MQClientException("Interrupted while asking for " + what, e);
        } catch (ExecutionException e) {
            int code = e.getCause() instanceof MQBrokerException refusal
                    ? refusal.getResponseCode()
                    : ClientErrorCode.CONNECT_BROKER_EXCEPTION;
            throw new MQClientException(
                    code, "Asked for " + what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new MQClientException(
                    ClientErrorCode.ACCESS_BROKER_TIMEOUT,
                    "Asked for " + what + ": no answer within "
                            + instance.callTimeout().toMillis() + " ms",
                    e);
        }
    }

    /** Waits a bounded time at shutdown; what is not done by then is logged and left. */
    void await(CompletionStage<Void> done, String what) {
        try {
            waitFor(done.toCompletableFuture(), what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitFor(CompletableFuture<Void> done, String what) throws InterruptedException {
        try {
            done.get(instance.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.warn(
                    "Not done in time. what={} waitedMillis={} cause={}",
                    what,
                    instance.callTimeout().toMillis(),
                    e.toString());
        }
    }

    private void check(String group, SubscriptionData subscription, String address) throws MQClientException {
        var question = new CheckSubscriptionRequest(instance.clientId(), group, Optional.empty(), subscription);
        get(
                instance.gateways().sessions().check(address, question, instance.callTimeout()),
                "consent of broker " + address + " to the subscription of topic " + subscription.topic() + " by "
                        + subscription.expressionType() + " \"" + subscription.expression() + "\"");
    }

    private Optional<String> anyBroker(String topic) {
        return instance.routes().known(topic).stream()
                .map(TopicRoute::brokers)
                .flatMap(brokers -> brokers.values().stream())
                .filter(addresses -> !addresses.isEmpty())
                .map(addresses -> addresses.get(addresses.firstKey()))
                .findFirst();
    }
}
