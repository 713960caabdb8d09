package io.ternmq.remoting.protocol.route;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.body.JsonBody;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The brokers that share a name; answers code 901.
 *
 * @param cluster as asked
 * @param brokerName as asked
 * @param addresses {@code host:port} by id; empty if there are none
 */
public record MemberGroup(String cluster, String brokerName, SortedMap<Long, String> addresses) {
    static final PayloadCodec<MemberGroup> CODEC =
            JsonBody.codec((json, group) -> group.write(json), MemberGroup::read);

    public MemberGroup {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    private void write(JsonWriter json) {
        json.beginObject().name("brokerMemberGroup").beginObject().name("brokerAddrs");
        BrokerRoute.writeAddresses(json, addresses);
        json.member("brokerName", brokerName)
                .member("cluster", cluster)
                .endObject()
                .endObject();
    }

    private static MemberGroup read(JsonObject object) {
        JsonObject group = object.object("brokerMemberGroup");
        return new MemberGroup(
                group.text("cluster", ""),
                group.text("brokerName", ""),
                BrokerRoute.readAddresses(group.object("brokerAddrs")));
    }
}
