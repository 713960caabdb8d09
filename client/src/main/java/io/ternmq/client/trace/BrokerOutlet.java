package io.ternmq.client.trace;

import io.ternmq.client.gateway.SendGateway;
import io.ternmq.client.route.PublishQueue;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.Template;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.common.time.Clock;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.remoting.protocol.send.SendRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sends trace messages over the connections of the client that is traced: to the queue whose turn it is, and once more to
 * the next one. Stateless; never blocks.
 */
final class BrokerOutlet implements TraceOutlet {
    /** Shows operators whose messages these are; brokers are told of no such producer. */
    private static final String GROUP_PREFIX = "_INNER_TRACE_PRODUCER-";

    /** A trace topic that does not exist is made with one queue, as brokers make it that have one from their start. */
    private static final Template TEMPLATE = new Template(TopicNames.AUTO_CREATE_TEMPLATE, 1);

    private static final String UNSAFE = PropertyString.append("", MessageProperties.WAIT, "false");

    private final TraceSettings settings;
    private final RouteCache routes;
    private final SendGateway gateway;
    private final UniqueIds ids;
    private final Duration timeout;
    private final Clock clock;

    BrokerOutlet(
            TraceSettings settings,
            RouteCache routes,
            SendGateway gateway,
            UniqueIds ids,
            Duration timeout,
            Clock clock) {
        this.settings = settings;
        this.routes = routes;
        this.gateway = gateway;
        this.ids = ids;
        this.timeout = timeout;
        this.clock = clock;
    }

    static BrokerOutlet of(ClientInstance instance, TraceSettings settings) {
        return new BrokerOutlet(
                settings,
                instance.routes(),
                instance.gateways().sends(),
                instance.uniqueIds(),
                instance.callTimeout(),
                instance.clock());
    }

    @Override
    public CompletionStage<Void> send(TraceMessage message) {
        String properties = propertiesOf(message);
        return attempt(message, properties).exceptionallyCompose(failure -> {
            routes.refreshSoon(settings.topic()); // the topic may have moved
            return attempt(message, properties);
        });
    }

    private CompletionStage<Void> attempt(TraceMessage message, String properties) {
        return route().thenCompose(route -> {
                    PublishQueue queue = route.publishQueues().next();
                    return gateway.send(queue.address(), request(message, properties, queue), timeout);
                })
                .thenAccept(stored -> {});
    }

    private CompletionStage<TopicRoute> route() {
        return routes.knownForPublish(settings.topic())
                .<CompletionStage<TopicRoute>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> routes.findForPublish(settings.topic(), TEMPLATE));
    }

    // No sender waits for what disks and replicas make of it.
    private String propertiesOf(TraceMessage message) {
        String keyed = PropertyString.append(UNSAFE, MessageProperties.KEYS, message.keys());
        return PropertyString.append(keyed, MessageProperties.UNIQUE_KEY, ids.next());
    }

    private SendRequest request(TraceMessage message, String properties, PublishQueue queue) {
        return new SendRequest(
                GROUP_PREFIX + settings.group(),
                settings.topic(),
                TEMPLATE.topic(),
                TEMPLATE.queuesMax(),
                queue.queue().getQueueId(),
                0,
                clock.wallMillis(),
                0,
                properties,
                0,
                false,
                OptionalInt.empty(),
                false,
                Optional.empty(),
                message.body().duplicate());
    }
}
