package io.ternmq.broker.session;

import java.util.concurrent.CompletionStage;

/** Makes the topics from which groups are given messages again. */
public interface RetryTopics {

    /**
     * Makes sure that the retry topic of a group exists.
     *
     * @param queues how many queues a new one gets, 1 or more
     * @return completes when the topic exists, or cannot be made now
     */
    CompletionStage<?> ensure(String group, int queues);

    /** Whether the retry topic of a group exists now. */
    boolean exists(String group);
}
