package io.ternmq.client.producer;

import io.ternmq.client.fault.FaultTable;
import io.ternmq.client.gateway.SendGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Scheduler;

/** What every send of a producer uses. */
record SendRooms(
        SendSettings settings,
        MessagePreparer preparer,
        SendIds ids,
        SendWindow window,
        RouteCache routes,
        QueueChoice choice,
        FaultTable faults,
        SendGateway sends,
        SendHooks hooks,
        Scheduler scheduler,
        Clock clock) {}
