package io.ternmq.client.consumer.rebalance;

import io.ternmq.client.consumer.pulling.Subscriptions;
import io.ternmq.client.gateway.SessionGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.client.session.Heartbeats;
import io.ternmq.common.work.Scheduler;
import java.time.Duration;
import java.util.function.IntUnaryOperator;

/**
 * What a rebalance uses.
 *
 * @param isBroadcast whether every member has all queues, whatever the strategy
 * @param choices gives a number from 0 to below its argument
 */
public record RebalanceRooms(
        String group,
        String clientId,
        Subscriptions subscriptions,
        AllocateMessageQueueStrategy strategy,
        boolean isBroadcast,
        RouteCache routes,
        Heartbeats heartbeats,
        SessionGateway sessions,
        Duration timeout,
        Scheduler scheduler,
        IntUnaryOperator choices) {

    public static RebalanceRooms of(
            ClientInstance instance,
            String group,
            Subscriptions subscriptions,
            AllocateMessageQueueStrategy strategy,
            boolean isBroadcast) {
        return new RebalanceRooms(
                group,
                instance.clientId(),
                subscriptions,
                strategy,
                isBroadcast,
                instance.routes(),
                instance.heartbeats(),
                instance.gateways().sessions(),
                instance.callTimeout(),
                instance.scheduler(),
                instance.random()::nextInt);
    }
}
