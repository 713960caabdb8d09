package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;

/**
 * One client as operators see it.
 *
 * @param clientId the client
 * @param address its address as the broker sees it, {@code ip:port}
 * @param language what it says it is written in, as its name on the wire
 * @param version its release ordinal
 */
public record ClientConnection(String clientId, String address, String language, int version) {

    void write(JsonWriter json) {
        json.beginObject()
                .member("clientAddr", address)
                .member("clientId", clientId)
                .member("language", language)
                .member("version", version)
                .endObject();
    }

    static ClientConnection read(JsonObject object) {
        return new ClientConnection(
                object.text("clientId"),
                object.text("clientAddr", ""),
                object.text("language", "OTHER"),
                object.int32("version", 0));
    }
}
