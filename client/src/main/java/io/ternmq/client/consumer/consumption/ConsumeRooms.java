package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Scheduler;

/** What consumption of either kind uses. */
public record ConsumeRooms(
        GroupOffsets offsets,
        LaterDelivery later,
        ConsumePaces paces,
        ConsumeHooks hooks,
        Scheduler scheduler,
        Clock clock) {}
