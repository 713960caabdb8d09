package io.ternmq.client.producer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.topic.GroupNames;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether a producer runs, and if not, why not. Owns the running producer. A producer starts once; a start that failed may
 * be tried again, with another configuration.
 */
final class ProducerLife {
    private enum State {
        NEW,
        FAILED,
        RUNNING,
        OVER
    }

    // Written under the lock of this; read by senders without it.
    private volatile Optional<Producer> producer = Optional.empty();
    private volatile State state = State.NEW;
    private volatile String whyFailed = "";
    private volatile String group = "";

    /** The running producer: the first step of every send. */
    Producer running() throws MQClientException {
        Optional<Producer> known = producer;
        if (known.isPresent()) {
            return known.get();
        }
        throw new MQClientException(
                ClientErrorCode.UNKNOWN,
                switch (state) {
                    case NEW, RUNNING -> "The producer was not started: call start() before sending";
                    case FAILED -> "The producer of group " + group + " did not start: " + whyFailed;
                    case OVER -> "The producer of group " + group + " was shut down: make a new one";
                });
    }

    void ifRunning(Consumer<Producer> action) {
        producer.ifPresent(action);
    }

    /**
     * Starts with what is configured now.
     *
     * @throws MQClientException if the configuration cannot be used, or the producer was started before
     */
    synchronized void start(ProducerConfig config, SendHooks hooks) throws MQClientException {
        if (state == State.RUNNING || state == State.OVER) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    "The producer of group " + group + " was " + (state == State.OVER ? "shut down" : "started")
                            + " before: make a new one");
        }
        group = String.valueOf(config.getProducerGroup());
        try {
            requireGroup(config.getProducerGroup());
            producer = Optional.of(Producer.start(config, hooks));
            state = State.RUNNING;
        } catch (MQClientException e) {
            whyFailed = e.getErrorMessage();
            state = State.FAILED;
            throw e;
        }
    }

    synchronized void end() {
        if (state == State.RUNNING) {
            producer.ifPresent(Producer::close);
            state = State.OVER;
            producer = Optional.empty();
        }
    }

    private static void requireGroup(String group) throws MQClientException {
        Optional<String> problem = group == null ? Optional.of("Producer group is null") : GroupNames.problemOf(group);
        if (problem.isPresent() || GroupNames.DEFAULT_PRODUCER.equals(group)) {
            throw new MQClientException(
                    ClientErrorCode.UNKNOWN,
                    problem.orElse("Producer group " + group + " is the system's own: choose another"));
        }
    }
}
