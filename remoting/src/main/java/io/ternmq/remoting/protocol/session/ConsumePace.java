package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;

/**
 * How fast a consumer is with one topic.
 *
 * @param pullMillis mean time of a pull
 * @param pulledPerSecond messages read
 * @param consumeMillis mean time of the listener
 * @param consumedPerSecond messages that the listener accepted
 * @param failedPerSecond messages that it did not
 * @param failed of the last hour
 */
public record ConsumePace(
        double pullMillis,
        double pulledPerSecond,
        double consumeMillis,
        double consumedPerSecond,
        double failedPerSecond,
        long failed) {

    void write(JsonWriter json) {
        json.beginObject()
                .member("consumeFailedMsgs", failed)
                .member("consumeFailedTPS", failedPerSecond)
                .member("consumeOKTPS", consumedPerSecond)
                .member("consumeRT", consumeMillis)
                .member("pullRT", pullMillis)
                .member("pullTPS", pulledPerSecond)
                .endObject();
    }

    static ConsumePace read(JsonObject object) {
        return new ConsumePace(
                object.float64("pullRT", 0),
                object.float64("pullTPS", 0),
                object.float64("consumeRT", 0),
                object.float64("consumeOKTPS", 0),
                object.float64("consumeFailedTPS", 0),
                object.int64("consumeFailedMsgs", 0));
    }
}
