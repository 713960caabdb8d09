package io.ternmq.remoting.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.json.JsonObject;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Holds codecs to texts that peers of this protocol wrote. */
public final class Golden {
    private Golden() {}

    /** Both directions: the value becomes these fields, in any order, and this body; and they become the value. */
    public static <T> void assertBothWays(PayloadCodec<T> codec, T value, String fields, String body) {
        assertEncoded(codec.encode(value), fields, body);
        assertThat(codec.decode(fields(fields), bytes(body))).isEqualTo(value);
    }

    public static void assertEncoded(Payload encoded, String fields, String body) {
        assertThat(asMap(encoded.fields())).isEqualTo(asMap(fields(fields)));
        assertThat(new String(encoded.body().toBytes(), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    /** The custom fields of a header, from the object that holds them. */
    public static HeaderFields fields(String json) {
        HeaderFields.Builder fields = HeaderFields.builder();
        JsonObject.parse(json)
                .members()
                .forEach(member -> fields.put(member.name(), member.value().asText()));
        return fields.build();
    }

    public static ByteBuffer bytes(String body) {
        return ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> asMap(HeaderFields fields) {
        Map<String, String> map = new TreeMap<>();
        fields.forEach(map::put);
        return map;
    }
}
