package io.ternmq.broker.topic;

import io.ternmq.common.topic.TopicConfig;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Hears of topics that have changed, after the table has been saved, and may object to a deletion before. Called on the admin lane, one change at a time. */
public interface TopicListener {

    /**
     * A topic is new or different.
     *
     * @return completes, never exceptionally, when all who are to know of the topic know, or cannot be told now;
     *     whoever made the change is answered then
     */
    CompletionStage<Void> changed(TopicConfig topic);

    /** Why a topic cannot be deleted now, as told to whoever asked for it; asked before the table is saved. */
    default Optional<String> objectionToDeleting(String topic) {
        return Optional.empty();
    }

    /** A topic is gone. May wait for the disk. */
    void deleted(String topic);
}
