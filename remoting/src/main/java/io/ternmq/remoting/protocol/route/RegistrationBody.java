package io.ternmq.remoting.protocol.route;

import io.ternmq.common.json.JsonWriter;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.body.JsonBody;
import io.ternmq.remoting.protocol.body.TopicConfigJson;
import io.ternmq.remoting.protocol.body.TopicTable;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/**
 * The two forms of a registration's body: an object, or a zlib stream of parts, each led by its length.
 *
 * <pre>
 * length version | count | (length topic line)* | length filter servers | count | (length mapping)*
 * </pre>
 *
 * <p>All numbers have 32 bits, big-endian; brokers before 5.0 leave out the last count and what follows. Filter servers
 * and mappings are not used. Stateless.
 */
final class RegistrationBody {
    /** What a stream may unfold to: a quarter of a million topics. */
    static final int INFLATED_BYTES_MAX = 16 << 20;

    private static final byte[] EMPTY_LIST = "[]".getBytes(StandardCharsets.UTF_8);
    private static final String WRAPPED = "topicConfigSerializeWrapper";
    private static final int CHUNK_BYTES = 64 << 10;

    private RegistrationBody() {}

    /** The protocol's checksum: CRC-32 without its sign. */
    static int crc32(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        return (int) (crc.getValue() & Integer.MAX_VALUE);
    }

    /** Compares a body with the checksum that came with it; 0 means that none did. */
    static void check(int expected, ByteBuffer body) {
        int found = crc32(body);
        if (expected != 0 && expected != found) {
            throw new ProtocolException("Registration of " + body.remaining() + " bytes has checksum " + found
                    + ", its header says " + expected);
        }
    }

    static byte[] plain(TopicTable topics) {
        JsonWriter json = JsonWriter.compact();
        json.beginObject().member("filterServerList", List.of()).name(WRAPPED);
        topics.write(json);
        return json.endObject().toBytes();
    }

    /** An empty body lists no topics; one of brokers before 3.0.11 is the table alone. */
    static TopicTable readPlain(ByteBuffer body) {
        return JsonBody.readLenient(
                body, object -> TopicTable.read(object.findObject(WRAPPED).orElse(object)));
    }

    static byte[] compressed(TopicTable topics) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DataOutputStream parts = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            writePart(parts, topics.version().toJsonBytes());
            parts.writeInt(topics.topics().size());
            for (TopicConfig topic : topics.topics()) {
                writePart(parts, TopicConfigJson.toLine(topic).getBytes(StandardCharsets.UTF_8));
            }
            writePart(parts, EMPTY_LIST);
            parts.writeInt(0); // mappings
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    static TopicTable readCompressed(ByteBuffer body) {
        ByteBuffer parts = ByteBuffer.wrap(inflated(body));
        DataVersion version = DataVersion.parse(readPart(parts, "version"));
        int count = readCount(parts);
        List<TopicConfig> topics = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            topics.add(TopicConfigJson.fromLine(readPart(parts, "topic")));
        }
        return new TopicTable(version, topics);
    }

    private static void writePart(DataOutputStream parts, byte[] part) throws IOException {
        parts.writeInt(part.length);
        parts.write(part);
    }

    private static String readPart(ByteBuffer parts, String name) {
        int length = readInt(parts, "length of " + name);
        if (length < 0 || length > parts.remaining()) {
            throw new ProtocolException(
                    "Registration claims " + length + " bytes for " + name + ", " + parts.remaining() + " are left");
        }
        byte[] part = new byte[length];
        parts.get(part);
        return new String(part, StandardCharsets.UTF_8);
    }

    private static int readCount(ByteBuffer parts) {
        int count = readInt(parts, "count of topics");
        if (count < 0 || count > parts.remaining() / Integer.BYTES) {
            throw new ProtocolException(
                    "Registration claims " + count + " topics, " + parts.remaining() + " bytes are left");
        }
        return count;
    }

    private static int readInt(ByteBuffer parts, String name) {
        if (parts.remaining() < Integer.BYTES) {
            throw new ProtocolException("Registration ends before its " + name);
        }
        return parts.getInt();
    }

    private static byte[] inflated(ByteBuffer body) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body.duplicate());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new ProtocolException("Compressed registration of " + body.remaining() + " bytes is cut off");
                }
                if (bytes.size() + count > INFLATED_BYTES_MAX) {
                    throw new ProtocolException(
                            "Compressed registration unfolds to more than " + INFLATED_BYTES_MAX + " bytes");
                }
                bytes.write(chunk, 0, count);
            }
            return bytes.toByteArray();
        } catch (DataFormatException e) {
            throw new ProtocolException("Compressed registration is not a zlib stream: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }
}
