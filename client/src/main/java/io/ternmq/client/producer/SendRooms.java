package io.ternmq.client.producer;

import io.ternmq.client.gateway.SendGateway;
import io.ternmq.client.route.RouteCache;
import io.ternmq.common.time.Clock;

/** What every send of a producer uses. */
record SendRooms(SendSettings settings, RouteCache routes, SendGateway sends, Clock clock) {}
