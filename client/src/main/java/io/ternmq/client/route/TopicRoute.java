package io.ternmq.client.route;

import io.ternmq.common.message.MessageQueue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where a topic lives, as last heard.
 *
 * @param topic the topic
 * @param fromTemplate whether these are the template's brokers, since the topic itself does not exist yet
 * @param publishQueues where to write
 * @param subscribeQueues where to read, sorted as all members of a group sort them
 * @param brokers addresses by broker name and id; id 0 is the master
 */
public record TopicRoute(
        String topic,
        boolean fromTemplate,
        PublishQueues publishQueues,
        List<MessageQueue> subscribeQueues,
        Map<String, SortedMap<Long, String>> brokers) {
    /** The id of the broker that takes writes. */
    public static final long MASTER = 0;

    public Optional<String> masterOf(String brokerName) {
        return Optional.ofNullable(brokers.get(brokerName)).map(addresses -> addresses.get(MASTER));
    }

    /** The address of the broker with this id, else that of the next id, else of any of the group. */
    public Optional<String> addressOf(String brokerName, long brokerId) {
        SortedMap<Long, String> addresses = brokers.get(brokerName);
        if (addresses == null || addresses.isEmpty()) {
            return Optional.empty();
        }
        String exact = addresses.get(brokerId);
        if (exact != null) {
            return Optional.of(exact);
        }
        SortedMap<Long, String> later = addresses.tailMap(brokerId + 1);
        return Optional.of(later.isEmpty() ? addresses.get(addresses.firstKey()) : later.get(later.firstKey()));
    }

    /** Whether reading and writing would go to the same places. */
    boolean leadsWhere(TopicRoute other) {
        return fromTemplate == other.fromTemplate
                && publishQueues.names().equals(other.publishQueues.names())
                && subscribeQueues.equals(other.subscribeQueues)
                && brokers.equals(other.brokers);
    }
}
