package io.ternmq.client.consumer;

import io.ternmq.client.session.ClientInstance;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.protocol.session.ConsumeType;
import java.util.HashMap;
import java.util.Map;

/** What tools are told of any consumer, by the names that they know. Stateless. */
final class ConsumerProperties {

    private ConsumerProperties() {}

    /** Those of a consumer that starts now; a kind of consumer may add to them. */
    static Map<String, String> of(ClientInstance instance, String group, ConsumeType type) {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                "PROP_NAMESERVER_ADDR", String.join(";", instance.routes().nameServerAddresses()));
        properties.put("PROP_CONSUME_TYPE", type.name());
        properties.put("PROP_CONSUMEORDERLY", "false");
        properties.put("PROP_CLIENT_VERSION", RemotingCommand.OWN_VERSION_NAME);
        properties.put(
                "PROP_CONSUMER_START_TIMESTAMP", Long.toString(instance.clock().wallMillis()));
        properties.put("consumerGroup", group);
        properties.put("clientId", instance.clientId());
        return properties;
    }
}
