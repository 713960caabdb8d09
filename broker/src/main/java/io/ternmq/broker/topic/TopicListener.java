package io.ternmq.broker.topic;

import io.ternmq.common.topic.TopicConfig;
import java.util.concurrent.CompletionStage;

/** Hears of topics that have changed, after the table has been saved. Called on the admin lane, one change at a time. */
public interface TopicListener {

    /**
     * A topic is new or different.
     *
     * @return completes, never exceptionally, when all who are to know of the topic know, or cannot be told now;
     *     whoever made the change is answered then
     */
    CompletionStage<Void> changed(TopicConfig topic);

    /** A topic is gone. May wait for the disk. */
    void deleted(String topic);
}
