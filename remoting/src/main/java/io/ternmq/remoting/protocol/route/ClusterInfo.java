package io.ternmq.remoting.protocol.route;

import io.ternmq.common.json.JsonMember;
import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonValue;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All brokers and clusters there are; answers code 106.
 *
 * @param brokers by name
 * @param clusters names of brokers by cluster
 */
public record ClusterInfo(SortedMap<String, BrokerRoute> brokers, SortedMap<String, List<String>> clusters) {
    static final PayloadCodec<ClusterInfo> CODEC = JsonBody.codec((json, info) -> info.write(json), ClusterInfo::read);

    public ClusterInfo {
        brokers = Collections.unmodifiableSortedMap(new TreeMap<>(brokers));
        clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
    }

    private void write(JsonWriter json) {
        json.beginObject().name("brokerAddrTable").beginObject();
        brokers.forEach((name, broker) -> {
            json.name(name);
            broker.write(json);
        });
        json.endObject().name("clusterAddrTable").beginObject();
        clusters.forEach(json::member);
        json.endObject().endObject();
    }

    private static ClusterInfo read(JsonObject object) {
        SortedMap<String, BrokerRoute> brokers = new TreeMap<>();
        for (JsonMember member : object.object("brokerAddrTable").members()) {
            brokers.put(member.name(), BrokerRoute.read(member.value().asObject()));
        }
        SortedMap<String, List<String>> clusters = new TreeMap<>();
        for (JsonMember member : object.object("clusterAddrTable").members()) {
            clusters.put(member.name(), member.value().asArray().map(JsonValue::asText));
        }
        return new ClusterInfo(brokers, clusters);
    }
}
