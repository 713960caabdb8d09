package io.ternmq.client.producer;

import io.ternmq.client.Namespace;
import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.route.PublishQueue;
import io.ternmq.client.route.PublishQueues;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which queue a send goes to. Stateless. */
interface Target {

    /**
     * Picks the queue of an attempt.
     *
     * @param queues at least one
     * @param rooms for a target that leaves it open, and for what the application calls queues
     * @param failedBroker the broker of the attempt before this one
     * @throws MQClientException if there is no such queue
     */
    PublishQueue choose(PublishQueues queues, SendRooms rooms, Optional<String> failedBroker) throws MQClientException;

    /** Whether a failed attempt may be followed by one on another queue. */
    boolean allowsOthers();

    /** Any queue; after a failure one of another broker, if there is one. */
    static Target anyQueue() {
        return AnyQueue.ANY;
    }

    /** This queue and no other. */
    static Target queue(MessageQueue queue) {
        return new OneQueue(names -> queue);
    }

    /** The queue that the application's selector picks. */
    static Target selected(MessageQueueSelector selector, Message message, Object arg) {
        return new OneQueue(names -> selector.select(names, message, arg));
    }

    /** Takes whichever queue's turn it is, of a broker that does well. */
    enum AnyQueue implements Target {
        ANY;

        @Override
        public PublishQueue choose(PublishQueues queues, SendRooms rooms, Optional<String> failedBroker) {
            return rooms.choice().next(queues, failedBroker);
        }

        @Override
        public boolean allowsOthers() {
            return true;
        }
    }

    /** Takes the queue that the application wants. */
    final class OneQueue implements Target {
        private final Function<List<MessageQueue>, MessageQueue> picker;

        private OneQueue(Function<List<MessageQueue>, MessageQueue> picker) {
            this.picker = picker;
        }

        @Override
        public PublishQueue choose(PublishQueues queues, SendRooms rooms, Optional<String> failedBroker)
                throws MQClientException {
            Namespace namespace = rooms.settings().namespace();
            List<MessageQueue> names =
                    namespace.equals(Namespace.NONE) ? queues.names() : List.copyOf(namespace.plain(queues.names()));
            MessageQueue wanted = picker.apply(names);
            if (wanted == null) {
                throw new MQClientException(
                        ClientErrorCode.UNKNOWN, "The selector returned no queue: expected one of " + names);
            }
            return queues.find(namespace.queue(wanted))
                    .orElseThrow(() -> new MQClientException(
                            ClientErrorCode.BROKER_NOT_EXIST_EXCEPTION,
                            wanted + " cannot be written now: expected one of " + names));
        }

        @Override
        public boolean allowsOthers() {
            return false;
        }
    }
}
