package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.TopicTable;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A broker says that it is there and what it serves; code 103, at start, on change and every 30 seconds.
 *
 * @param broker who speaks
 * @param haServerAddress where replicas connect to, {@code host:port}
 * @param leaseMillis how long the registration holds without another one; the name server's default if absent
 * @param enablesActingMaster whether a replica may stand in for a lost master; absent from old brokers
 * @param zone where the broker is, if it says so
 * @param isCompressed which form the body has
 * @param topics all topics of the broker, or after a full registration only those that changed
 * @param listeners other addresses of the broker; a field of ours that other name servers do not look at
 */
public record RegisterBrokerRequest(
        BrokerIdentity broker,
        String haServerAddress,
        OptionalLong leaseMillis,
        Optional<Boolean> enablesActingMaster,
        Optional<String> zone,
        boolean isCompressed,
        TopicTable topics,
        AdvertisedListeners listeners) {
    static final PayloadCodec<RegisterBrokerRequest> CODEC =
            PayloadCodec.of(RegisterBrokerRequest::encode, RegisterBrokerRequest::decode);

    private static final String LEASE = "heartbeatTimeoutMillis";
    private static final String ACTING_MASTER = "enableActingMaster";
    private static final String COMPRESSED = "compressed";
    private static final String CRC = "bodyCrc32";
    private static final String HA_ADDRESS = "haServerAddr";
    private static final String ZONE = "__ZONE_NAME";
    private static final String LISTENERS = "advertisedListeners";

    /** Of a broker that has one address. */
    public RegisterBrokerRequest(
            BrokerIdentity broker,
            String haServerAddress,
            OptionalLong leaseMillis,
            Optional<Boolean> enablesActingMaster,
            Optional<String> zone,
            boolean isCompressed,
            TopicTable topics) {
        this(
                broker,
                haServerAddress,
                leaseMillis,
                enablesActingMaster,
                zone,
                isCompressed,
                topics,
                AdvertisedListeners.none());
    }

    /** The same registration of a broker that has other addresses too. */
    public RegisterBrokerRequest withListeners(AdvertisedListeners others) {
        return new RegisterBrokerRequest(
                broker, haServerAddress, leaseMillis, enablesActingMaster, zone, isCompressed, topics, others);
    }

    private Payload encode() {
        byte[] body = isCompressed ? RegistrationBody.compressed(topics) : RegistrationBody.plain(topics);
        HeaderFields.Builder fields = broker.fields().put(HA_ADDRESS, haServerAddress);
        if (leaseMillis.isPresent()) {
            fields.put(LEASE, leaseMillis.getAsLong());
        }
        fields.put(ACTING_MASTER, enablesActingMaster)
                .put(COMPRESSED, isCompressed)
                .put(CRC, RegistrationBody.crc32(ByteBuffer.wrap(body)))
                .put(ZONE, zone)
                .put(LISTENERS, Optional.of(listeners.toString()).filter(text -> !text.isEmpty()));
        return new Payload(fields.build(), Body.of(body));
    }

    private static RegisterBrokerRequest decode(HeaderFields fields, ByteBuffer body) {
        boolean isCompressed = fields.flag(COMPRESSED, false);
        RegistrationBody.check(fields.int32(CRC, 0), body);
        return new RegisterBrokerRequest(
                BrokerIdentity.decode(fields),
                fields.text(HA_ADDRESS, ""),
                fields.contains(LEASE) ? OptionalLong.of(fields.int64(LEASE)) : OptionalLong.empty(),
                fields.findText(ACTING_MASTER).map(Boolean::valueOf),
                fields.findText(ZONE),
                isCompressed,
                isCompressed ? RegistrationBody.readCompressed(body) : RegistrationBody.readPlain(body),
                AdvertisedListeners.parse(fields.text(LISTENERS, "")));
    }
}
