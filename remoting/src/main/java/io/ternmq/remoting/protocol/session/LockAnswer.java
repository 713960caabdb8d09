package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.MessageQueueJson;
import java.util.List;

/** The queues that the client has for itself now; answers code 41. */
public record LockAnswer(List<MessageQueue> locked) {
    static final PayloadCodec<LockAnswer> CODEC = JsonBody.codec(
            (json, answer) -> answer.write(json),
            object -> new LockAnswer(MessageQueueJson.readList(object.array("lockOKMQSet"))));

    public LockAnswer {
        locked = List.copyOf(locked);
    }

    private void write(JsonWriter json) {
        json.beginObject().name("lockOKMQSet");
        MessageQueueJson.writeList(json, locked);
        json.endObject();
    }
}
