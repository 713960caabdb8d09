package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.util.Optional;

/**
 * What a listener made of one message; answers code 309.
 *
 * @param isOrdered whether the consumer consumes in order
 * @param commitsByItself whether its offsets are committed for it
 * @param verdict what the listener returned
 * @param remark the text of an exception, if one was thrown
 * @param spentMillis time in the listener
 */
public record ConsumeOutcome(
        boolean isOrdered, boolean commitsByItself, Verdict verdict, Optional<String> remark, long spentMillis) {
    static final PayloadCodec<ConsumeOutcome> CODEC =
            JsonBody.codec((json, outcome) -> outcome.write(json), ConsumeOutcome::read);

    /** What a listener returned, named as on the wire. */
    public enum Verdict {
        CR_SUCCESS,
        CR_LATER,
        CR_ROLLBACK,
        CR_COMMIT,
        CR_THROW_EXCEPTION,
        CR_RETURN_NULL
    }

    private void write(JsonWriter json) {
        json.beginObject()
                .member("autoCommit", commitsByItself)
                .member("consumeResult", verdict)
                .member("order", isOrdered)
                .member("remark", remark)
                .member("spentTimeMills", spentMillis)
                .endObject();
    }

    private static ConsumeOutcome read(JsonObject object) {
        return new ConsumeOutcome(
                object.flag("order", false),
                object.flag("autoCommit", true),
                JsonBody.constant(object, "consumeResult", Verdict.CR_RETURN_NULL),
                object.findText("remark"),
                object.int64("spentTimeMills", 0));
    }
}
