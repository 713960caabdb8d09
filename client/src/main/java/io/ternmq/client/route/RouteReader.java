package io.ternmq.client.route;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.Permission;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.QueueRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Turns what a name server says about a topic into where to write and where to read. Stateless. */
final class RouteReader {
    private static final String ENTRY_SEPARATOR = ";";
    private static final char COUNT_SEPARATOR = ':';

    private RouteReader() {}

    static TopicRoute read(String topic, io.ternmq.remoting.protocol.route.TopicRoute heard, AtomicInteger turn) {
        return read(topic, heard, Optional.empty(), turn);
    }

    /** The route that {@code topic} will have once brokers have made it in the image of the template. */
    static TopicRoute readTemplate(
            String topic, Template template, io.ternmq.remoting.protocol.route.TopicRoute heard, AtomicInteger turn) {
        return read(topic, heard, Optional.of(template), turn);
    }

    private static TopicRoute read(
            String topic,
            io.ternmq.remoting.protocol.route.TopicRoute heard,
            Optional<Template> template,
            AtomicInteger turn) {
        Map<String, SortedMap<Long, String>> brokers = new HashMap<>();
        for (BrokerRoute broker : heard.brokers()) {
            brokers.put(broker.brokerName(), broker.addresses());
        }
        List<QueueRoute> queues = heard.queues().stream()
                .map(queue -> template.map(known -> limited(queue, known)).orElse(queue))
                .sorted(Comparator.comparing(QueueRoute::brokerName))
                .toList();
        List<MessageQueue> writable = heard.orderConfig().isPresent() && template.isEmpty()
                ? ordered(topic, heard.orderConfig().get())
                : writable(topic, queues);
        return new TopicRoute(
                topic,
                template.isPresent(),
                new PublishQueues(withAddresses(writable, brokers), turn),
                readable(topic, queues),
                Map.copyOf(brokers));
    }

    private static QueueRoute limited(QueueRoute queue, Template template) {
        int count = Math.min(template.queuesMax(), queue.readQueues());
        return new QueueRoute(queue.brokerName(), count, count, queue.permission(), queue.sysFlag());
    }

    private static List<MessageQueue> writable(String topic, List<QueueRoute> queues) {
        List<MessageQueue> names = new ArrayList<>();
        for (QueueRoute queue : queues) {
            if (Permission.isWritable(queue.permission())) {
                addQueues(names, topic, queue.brokerName(), queue.writeQueues());
            }
        }
        return names;
    }

    private static List<MessageQueue> readable(String topic, List<QueueRoute> queues) {
        List<MessageQueue> names = new ArrayList<>();
        for (QueueRoute queue : queues) {
            if (Permission.isReadable(queue.permission())) {
                addQueues(names, topic, queue.brokerName(), queue.readQueues());
            }
        }
        names.sort(null);
        return List.copyOf(names);
    }

    // broker:queues;broker:queues, and what does not read so is left out
    private static List<MessageQueue> ordered(String topic, String config) {
        List<MessageQueue> names = new ArrayList<>();
        for (String entry : config.split(ENTRY_SEPARATOR, -1)) {
            int colon = entry.lastIndexOf(COUNT_SEPARATOR);
            if (colon > 0) {
                addQueues(names, topic, entry.substring(0, colon), countOf(entry.substring(colon + 1)));
            }
        }
        return names;
    }

    private static int countOf(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void addQueues(List<MessageQueue> names, String topic, String brokerName, int count) {
        for (int queueId = 0; queueId < count; queueId++) {
            names.add(new MessageQueue(topic, brokerName, queueId));
        }
    }

    // A broker name without a master takes no writes.
    private static List<PublishQueue> withAddresses(
            List<MessageQueue> names, Map<String, SortedMap<Long, String>> brokers) {
        List<PublishQueue> queues = new ArrayList<>();
        for (MessageQueue name : names) {
            SortedMap<Long, String> addresses = brokers.get(name.getBrokerName());
            String master = addresses == null ? null : addresses.get(TopicRoute.MASTER);
            if (master != null) {
                queues.add(new PublishQueue(name, master));
            }
        }
        return queues;
    }
}
