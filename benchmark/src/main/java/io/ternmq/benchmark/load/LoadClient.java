package io.ternmq.benchmark.load;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The calls of a client library that are measured, as thin as can be. Owns nothing: callers close what they get. */
public interface LoadClient {
    Producer producer(String nameServers) throws Exception;

    /**
     * Starts a producer as the library delivers it, with its retries.
     *
     * @param avoidsFaults sets whether it leaves brokers alone that do badly; null for what is its default
     */
    SturdyProducer sturdyProducer(String nameServers, Boolean avoidsFaults) throws Exception;

    /** Starts a push consumer of a new group, from the first message on. */
    Running consumer(String nameServers, String topic, String group, Deliveries deliveries) throws Exception;

    /** Takes what a consumer is given, on threads of the library. */
    @FunctionalInterface
    interface Deliveries {
        /**
         * Takes messages that came together.
         *
         * @param count of them, 1 or more
         * @param body of each, by its index
         */
        void delivered(int count, IntFunction<byte[]> body);
    }

    /** A part of the library that runs until it is closed. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /** A started producer that does what it can to have a message stored, used by many threads at once. */
    interface SturdyProducer extends Running {
        /** Returns the name of the broker that has acknowledged; throws unless one stored the message. */
        String send(String topic, byte[] body) throws Exception;
    }

    /** A started producer, used by many threads at once. */
    interface Producer extends Running {
        /** Returns once the broker has acknowledged; throws unless it stored the message. */
        void send(String topic, byte[] body) throws Exception;

        void sendBatch(String topic, List<byte[]> bodies) throws Exception;

        /**
         * Returns at once.
         *
         * @param done given null when the message is stored, else what went wrong
         */
        void sendAsync(String topic, byte[] body, Consumer<Throwable> done) throws Exception;
    }
}
