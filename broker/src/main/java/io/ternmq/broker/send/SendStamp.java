package io.ternmq.broker.send;

import io.ternmq.common.message.MessageIdWriter;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.SendId;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** What this broker writes on messages: its own properties and the ids it gives. Immutable. */
public final class SendStamp {
    private static final char NAME_END = MessageProperties.NAME_VALUE_SEPARATOR;
    private static final char PAIR_END = MessageProperties.PROPERTY_SEPARATOR;

    private final MessageIdWriter ids;
    private final Supplier<String> uniqueKeys;
    private final String pairs;

    /**
     * @param storeHost this broker as its message ids name it
     * @param uniqueKeys makes ids for messages whose clients gave them none
     */
    public SendStamp(String cluster, InetSocketAddress storeHost, SendConfig config, Supplier<String> uniqueKeys) {
        this.ids = new MessageIdWriter(storeHost);
        this.uniqueKeys = uniqueKeys;
        this.pairs = pair(MessageProperties.CLUSTER, cluster)
                + pair(MessageProperties.MSG_REGION, config.regionId())
                + pair(MessageProperties.TRACE_ON, Boolean.toString(config.isTraced()));
    }

    /** The client's id of a message, or a new one. */
    String uniqueKey(SentProperties properties) {
        return properties.uniqueKey().orElseGet(uniqueKeys);
    }

    /** The property string to store. */
    String stamp(SentProperties properties, String uniqueKey) {
        boolean isNew = properties.uniqueKey().isEmpty();
        return properties.stored(isNew ? pairs + pair(MessageProperties.UNIQUE_KEY, uniqueKey) : pairs);
    }

    /** The same for the first message of a batch, which names the send for all of them. */
    String stampFirst(SentProperties properties, String uniqueKey, SendId id) {
        return stamp(properties, uniqueKey) + pair(MessageProperties.SEND_ID, id.text());
    }

    /** The broker's ids of stored messages, with commas between them. */
    String messageIds(long[] positions) {
        if (positions.length == 1) {
            return ids.idAt(positions[0]);
        }
        StringBuilder list = new StringBuilder();
        for (long position : positions) {
            list.append(list.isEmpty() ? "" : ",").append(ids.idAt(position));
        }
        return list.toString();
    }

    private static String pair(String name, String value) {
        return name + NAME_END + value + PAIR_END;
    }
}
