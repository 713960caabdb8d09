package io.ternmq.broker.send;

import io.ternmq.common.topic.TopicConfig;
import java.util.function.Function;

/** The topic of a send, once it has been looked for and perhaps made. */
sealed interface SendTarget {

    <T> T fold(Function<Found, T> found, Function<Missing, T> missing);

    /** There it is. */
    record Found(TopicConfig topic) implements SendTarget {
        @Override
        public <T> T fold(Function<Found, T> found, Function<Missing, T> missing) {
            return found.apply(this);
        }
    }

    /** There is none, and here is what to say to the sender. */
    record Missing(SendOutcome.Refused refusal) implements SendTarget {
        @Override
        public <T> T fold(Function<Found, T> found, Function<Missing, T> missing) {
            return missing.apply(this);
        }
    }
}
