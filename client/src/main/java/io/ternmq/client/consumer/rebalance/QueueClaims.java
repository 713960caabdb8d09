package io.ternmq.client.consumer.rebalance;

import io.ternmq.common.message.MessageQueue;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Has a queue begun with only when the member before is done with it. Used by the timer thread. */
public interface QueueClaims {

    /** Begins at once, and tells nobody: for members that share nothing. */
    QueueClaims NONE = new QueueClaims() {
        @Override
        public void membersAre(String topic, Set<String> clientIds) {
            // Nobody is waited for.
        }

        @Override
        public CompletionStage<Void> claim(MessageQueue queue) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void giveBack(MessageQueue queue) {
            // Nobody waits.
        }

        @Override
        public CompletionStage<Void> giveBackAll() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Duration waitMax() {
            return Duration.ZERO;
        }
    };

    /** A round of sharing out begins: what brokers are told from time to time goes best along with its requests. */
    default void roundBegins() {}

    /** Who is in the group now; comes before the claims that follow from it. */
    void membersAre(String topic, Set<String> clientIds);

    /** Completes, on any thread, once this member may begin with a queue; never fails. */
    CompletionStage<Void> claim(MessageQueue queue);

    /** Lets others have a queue that was claimed, whether or not the claim has completed. */
    void giveBack(MessageQueue queue);

    /** Lets others have all queues; completes when the brokers have heard. May be called by any thread. */
    CompletionStage<Void> giveBackAll();

    /** How long the next owner waits for this one to finish what it began; zero for not at all. */
    Duration waitMax();
}
