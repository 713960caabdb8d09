package io.ternmq.remoting.protocol.route;

import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The brokers of one name: a master and its replicas.
 *
 * @param cluster their cluster
 * @param brokerName their name
 * @param addresses {@code host:port} by id; {@link #MASTER_ID} is the master; unmodifiable
 * @param enablesActingMaster whether a replica may stand in for a lost master
 * @param zone where they are, if they say so
 */
public record BrokerRoute(
        String cluster,
        String brokerName,
        SortedMap<Long, String> addresses,
        boolean enablesActingMaster,
        Optional<String> zone) {
    public static final long MASTER_ID = 0;

    public BrokerRoute {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    public Optional<String> masterAddress() {
        return Optional.ofNullable(addresses.get(MASTER_ID));
    }

    void write(JsonWriter json) {
        json.beginObject().name("brokerAddrs");
        writeAddresses(json, addresses);
        json.member("brokerName", brokerName)
                .member("cluster", cluster)
                .member("enableActingMaster", enablesActingMaster)
                .member("zoneName", zone)
                .endObject();
    }

    static BrokerRoute read(JsonObject object) {
        return new BrokerRoute(
                object.text("cluster", ""),
                object.text("brokerName"),
                readAddresses(object.object("brokerAddrs")),
                object.flag("enableActingMaster", false),
                object.findText("zoneName"));
    }

    static void writeAddresses(JsonWriter json, Map<Long, String> addresses) {
        json.beginObject();
        addresses.forEach((id, address) -> json.name(id).value(address));
        json.endObject();
    }

    static SortedMap<Long, String> readAddresses(JsonObject object) {
        SortedMap<Long, String> addresses = new TreeMap<>();
        for (JsonMember member : object.members()) {
            addresses.put(id(member), member.value().asText());
        }
        return addresses;
    }

    private static long id(JsonMember member) {
        return member.key().asInt64();
    }
}
