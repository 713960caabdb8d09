package io.ternmq.client.consumer.consumption;

import io.ternmq.client.gateway.SendGateway;
import io.ternmq.client.route.PublishQueue;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.message.SystemFlags;
import io.ternmq.common.topic.GroupNames;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.send.SendBackRequest;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has messages delivered to the group again later: the broker that stores one is asked to; if it does not, the message is
 * sent anew to the group's retry topic, wherever that is. Stateless; never blocks.
 */
public final class LaterDelivery {
    private static final Logger log = LoggerFactory.getLogger(LaterDelivery.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int FIRST_LEVEL = 3; // of the delay table: 10 s, then longer each time

    private final ConsumeSettings settings;
    private final RouteCache routes;
    private final SendGateway gateway;

    public LaterDelivery(ConsumeSettings settings, RouteCache routes, SendGateway gateway) {
        this.settings = settings;
        this.routes = routes;
        this.gateway = gateway;
    }

    /**
     * Has one message delivered again; fails if no broker took it.
     *
     * @param queue the queue it was read from, which may be of the retry topic
     * @param delayLevel 0 as the broker sees fit, below 0 never
     */
    public CompletionStage<Void> deliver(MessageQueue queue, MessageExt message, int delayLevel) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        sendBack(queue, message, delayLevel).whenComplete((done, failure) -> {
            if (failure == null) {
                result.complete(null);
                return;
            }
            log.warn(
                    "Broker does not take the message back: sent anew. group={} queue={} msgId={} cause={}",
                    settings.group(),
                    queue,
                    message.getMsgId(),
                    failure.getMessage());
            sendAnew(message).whenComplete((stored, failureAgain) -> {
                if (failureAgain == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(failureAgain);
                }
            });
        });
        return result;
    }

    /**
     * Has a message that was consumed in order too often put among the dead letters; fails if no broker took it. It is sent
     * to the group's retry topic, which brokers turn into that for messages whose times are up.
     */
    public CompletionStage<Void> giveUp(MessageExt message) {
        return sendAnew(message).thenAccept(stored -> {});
    }

    private CompletionStage<Void> sendBack(MessageQueue queue, MessageExt message, int delayLevel) {
        Optional<String> address =
                routes.known(queue.getTopic()).flatMap(route -> route.masterOf(queue.getBrokerName()));
        if (address.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("No master is known for " + queue));
        }
        SendBackRequest request = new SendBackRequest(
                message.getCommitLogOffset(),
                settings.group(),
                delayLevel,
                Optional.of(message.getMsgId()),
                Optional.of(queue.getTopic()),
                settings.isUnit(),
                OptionalInt.of(settings.reconsumeTimesMax()));
        return gateway.sendBack(address.get(), request, TIMEOUT);
    }

    private CompletionStage<SendGateway.Stored> sendAnew(MessageExt message) {
        String retryTopic = TopicNames.retryOf(settings.group());
        Optional<TopicRoute> route = routes.knownForPublish(retryTopic);
        if (route.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("No broker is known for " + retryTopic));
        }
        PublishQueue target = route.get().publishQueues().next();
        return gateway.send(target.address(), requestAnew(message, retryTopic, target), TIMEOUT);
    }

    private SendRequest requestAnew(MessageExt message, String retryTopic, PublishQueue target) {
        int times = message.getReconsumeTimes() + 1;
        return new SendRequest(
                GroupNames.CLIENT_INNER_PRODUCER,
                retryTopic,
                TopicNames.AUTO_CREATE_TEMPLATE,
                1,
                target.queue().getQueueId(),
                compressionOf(message.getSysFlag()),
                message.getBornTimestamp(),
                message.getFlag(),
                propertiesAnew(message, times),
                times,
                settings.isUnit(),
                OptionalInt.of(settings.reconsumeTimesMax()),
                false,
                Optional.empty(),
                ByteBuffer.wrap(message.getBody()));
    }

    // Only a body that could not be inflated is still compressed.
    private static int compressionOf(int sysFlag) {
        return SystemFlags.isSet(sysFlag, SystemFlags.COMPRESSED)
                ? sysFlag & (SystemFlags.COMPRESSED | SystemFlags.COMPRESSION_MASK)
                : 0;
    }

    private String propertiesAnew(MessageExt message, int times) {
        String origin = Optional.ofNullable(message.getProperty(MessageProperties.ORIGIN_MESSAGE_ID))
                .orElse(message.getMsgId());
        String text = message.propertyText();
        text = PropertyString.append(
                text, MessageProperties.RETRY_TOPIC, settings.namespace().topic(message.getTopic()));
        text = PropertyString.append(text, MessageProperties.RECONSUME_TIME, Integer.toString(times));
        text = PropertyString.append(
                text, MessageProperties.MAX_RECONSUME_TIMES, Integer.toString(settings.reconsumeTimesMax()));
        text = PropertyString.append(text, MessageProperties.ORIGIN_MESSAGE_ID, origin);
        return PropertyString.append(
                text, MessageProperties.DELAY, Integer.toString(FIRST_LEVEL + message.getReconsumeTimes()));
    }
}
