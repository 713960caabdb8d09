package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.util.List;

/** The clients of a producer group; answers code 204. */
public record ProducerConnections(List<ClientConnection> connections) {
    static final PayloadCodec<ProducerConnections> CODEC = JsonBody.codec(
            (json, answer) -> answer.write(json),
            object -> new ProducerConnections(
                    object.array("connectionSet").map(value -> ClientConnection.read(value.asObject()))));

    public ProducerConnections {
        connections = List.copyOf(connections);
    }

    private void write(JsonWriter json) {
        json.beginObject().name("connectionSet").beginArray();
        connections.forEach(connection -> connection.write(json));
        json.endArray().endObject();
    }
}
