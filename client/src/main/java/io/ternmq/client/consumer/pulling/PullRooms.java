package io.ternmq.client.consumer.pulling;

import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.gateway.PullGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.client.session.Heartbeats;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Scheduler;
import java.util.List;
import java.util.function.Consumer;

/**
 * What every puller of a consumer uses.
 *
 * @param prepare makes pulled messages what the application expects, before anybody sees them
 */
public record PullRooms(
        PullSettings settings,
        Subscriptions subscriptions,
        RouteCache routes,
        Heartbeats heartbeats,
        PullGateway pulls,
        GroupOffsets offsets,
        Consumer<List<MessageExt>> prepare,
        Scheduler scheduler,
        Clock clock) {

    public static PullRooms of(
            ClientInstance instance, PullSettings settings, Subscriptions subscriptions, GroupOffsets offsets) {
        return new PullRooms(
                settings,
                subscriptions,
                instance.routes(),
                instance.heartbeats(),
                instance.gateways().pulls(),
                offsets,
                new RetryTopics(settings.group(), settings.namespace())::restore,
                instance.scheduler(),
                instance.clock());
    }
}
