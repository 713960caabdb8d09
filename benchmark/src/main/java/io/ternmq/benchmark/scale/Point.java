package io.ternmq.benchmark.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A point of a curve: one number is varied, the other is as small as is usual.
 *
 * @param axis which is varied
 * @param count of them, 1 or more
 */
record Point(Axis axis, int count) {
    /** What a topic has by default on our broker, and the least that a curve of queues is compared with. */
    static final int USUAL_QUEUES = 8;

    private static final int USUAL_CONNECTIONS = 1;

    /** What grows. */
    enum Axis {
        QUEUES,
        CONNECTIONS;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A queue that is sent to.
     *
     * @param topic it belongs to
     * @param id within the topic
     */
    record Queue(String topic, int id) {}

    /** Queues of the broker; all are sent to in turn. */
    int queueCount() {
        return axis == Axis.QUEUES ? count : USUAL_QUEUES;
    }

    /** Connections that send in turn. */
    int connections() {
        return axis == Axis.CONNECTIONS ? count : USUAL_CONNECTIONS;
    }

    /** The queues, of topics of 8 each; the last may have fewer. Neighbours are of different topics where there are several. */
    List<Queue> queues() {
        List<Queue> queues = new ArrayList<>();
        int topics = (queueCount() + USUAL_QUEUES - 1) / USUAL_QUEUES;
        for (int id = 0; id < USUAL_QUEUES; id++) {
            for (int topic = 0; topic < topics; topic++) {
                if (topic * USUAL_QUEUES + id < queueCount()) {
                    queues.add(new Queue("Scale-" + topic, id));
                }
            }
        }
        return queues;
    }
}
