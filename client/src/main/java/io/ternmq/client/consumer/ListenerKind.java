package io.ternmq.client.consumer;

import io.ternmq.client.consumer.consumption.ConcurrentConsumption;
import io.ternmq.client.consumer.consumption.ConsumeRooms;
import io.ternmq.client.consumer.consumption.ConsumeSettings;
import io.ternmq.client.consumer.consumption.Consumption;
import io.ternmq.client.consumer.consumption.GrowingThreads;
import io.ternmq.client.consumer.consumption.ListenerThreads;
import io.ternmq.client.consumer.consumption.OrderedConsumption;
import io.ternmq.client.consumer.listener.MessageListenerConcurrently;
import io.ternmq.client.consumer.listener.MessageListenerOrderly;
import io.ternmq.client.consumer.rebalance.QueueLocks;
import java.util.Optional;

/** The application's listener, of one of two kinds. Immutable. */
interface ListenerKind {

    /** Whether messages of a queue come one after another. */
    boolean isOrdered();

    /**
     * What calls the listener.
     *
     * @param locks of the queues, if they are consumed in order by one member at a time
     */
    Consumption consumption(ConsumeSettings settings, ConsumeRooms rooms, Optional<QueueLocks> locks);

    record Concurrent(MessageListenerConcurrently listener) implements ListenerKind {
        @Override
        public boolean isOrdered() {
            return false;
        }

        @Override
        public Consumption consumption(ConsumeSettings settings, ConsumeRooms rooms, Optional<QueueLocks> locks) {
            return new ConcurrentConsumption(settings, listener, rooms, threads(settings, "consume-"));
        }
    }

    record Ordered(MessageListenerOrderly listener) implements ListenerKind {
        @Override
        public boolean isOrdered() {
            return true;
        }

        @Override
        public Consumption consumption(ConsumeSettings settings, ConsumeRooms rooms, Optional<QueueLocks> locks) {
            return new OrderedConsumption(
                    settings,
                    listener,
                    rooms,
                    threads(settings, "consume-orderly-"),
                    queue -> locks.isEmpty() || locks.get().isHeld(queue),
                    queue -> locks.ifPresent(known -> known.idle(queue)));
        }
    }

    private static ListenerThreads threads(ConsumeSettings settings, String name) {
        return new GrowingThreads(name + settings.group(), settings.threadsLeast(), settings.threadsMost());
    }
}
