package io.ternmq.client.consumer.rebalance;

import io.ternmq.client.gateway.SessionGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Scheduler;
import java.time.Duration;

/**
 * What claims of queues use.
 *
 * @param timeout of a call
 * @param waitMax how long the member before is waited for
 */
public record ClaimRooms(
        String group,
        String clientId,
        RouteCache routes,
        SessionGateway sessions,
        Duration timeout,
        Duration waitMax,
        Scheduler scheduler,
        Clock clock) {

    public static ClaimRooms of(ClientInstance instance, String group, Duration waitMax) {
        return new ClaimRooms(
                group,
                instance.clientId(),
                instance.routes(),
                instance.gateways().sessions(),
                instance.callTimeout(),
                waitMax,
                instance.scheduler(),
                instance.clock());
    }
}
