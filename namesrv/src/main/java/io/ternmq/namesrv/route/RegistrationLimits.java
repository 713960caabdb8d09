package io.ternmq.namesrv.route;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a registration may hold at most.
 *
 * @param brokersMax brokers that may be registered at a time; key {@code brokersMax}, default 10 000
 * @param topicsMax topics of one registration; key {@code topicsPerBrokerMax}, default 100 000
 * @param queuesMax queues of a topic; key {@code queuesPerTopicMax}, default 65 536: clients make an object of each
 */
public record RegistrationLimits(int brokersMax, int topicsMax, int queuesMax) {
    /** Longest name of a cluster, a broker or a topic, and longest address, in characters. */
    static final int NAME_LENGTH_MAX = 255;

    private static final Setting<Integer> BROKERS_MAX =
            Setting.integer("brokersMax", 10_000).between(1, 1_000_000);
    private static final Setting<Integer> TOPICS_MAX =
            Setting.integer("topicsPerBrokerMax", 100_000).between(1, 1_000_000);
    private static final Setting<Integer> QUEUES_MAX =
            Setting.integer("queuesPerTopicMax", 65_536).between(1, 1_000_000);

    /** All keys read by {@link #from}. */
    public static List<Setting<?>> settings() {
        return List.of(BROKERS_MAX, TOPICS_MAX, QUEUES_MAX);
    }

    /**
     * Reads the settings.
     *
     * @throws io.ternmq.common.config.SettingException if a value is not valid
     */
    public static RegistrationLimits from(Settings settings) {
        return new RegistrationLimits(settings.get(BROKERS_MAX), settings.get(TOPICS_MAX), settings.get(QUEUES_MAX));
    }

    /** What is wrong with a registration, as a sentence; empty if nothing is. */
    Optional<String> problemOf(RegisterBrokerRequest request) {
        List<TopicConfig> topics = request.topics().topics();
        if (topics.size() > topicsMax) {
            return Optional.of("Registration of " + request.broker().brokerName() + " lists " + topics.size()
                    + " topics: expected at most " + topicsMax);
        }
        return problemOf(request.broker())
                .or(() -> topics.stream()
                        .flatMap(topic -> problemOf(topic).stream())
                        .findFirst());
    }

    /** What is wrong with queue numbers, as a sentence; empty if nothing is. */
    Optional<String> problemOfQueues(String topic, int read, int write) {
        if (read < 0 || write < 0 || read > queuesMax || write > queuesMax) {
            return Optional.of("Topic " + topic + " has " + read + " queues to read and " + write
                    + " to write: expected 0 to " + queuesMax);
        }
        return Optional.empty();
    }

    /** What is wrong with a topic's name, as a sentence; empty if nothing is. Brokers judge the characters. */
    Optional<String> problemOfTopic(String topic) {
        return problemOfName("Topic", topic);
    }

    private static Optional<String> problemOf(BrokerIdentity broker) {
        if (broker.brokerId() < 0) {
            return Optional.of("Broker id " + broker.brokerId() + " is not valid: expected 0 or more");
        }
        return Stream.of(
                        problemOfName("Cluster name", broker.cluster()),
                        problemOfName("Broker name", broker.brokerName()),
                        problemOfName("Broker address", broker.address()),
                        problemOfAddress(broker.address()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> problemOf(TopicConfig topic) {
        return problemOfTopic(topic.name())
                .or(() -> problemOfQueues(topic.name(), topic.readQueues(), topic.writeQueues()))
                .or(() -> Permission.isValid(topic.permission())
                        ? Optional.empty()
                        : Optional.of("Topic " + topic.name() + " has permission " + topic.permission()
                                + ": expected 0 to " + Permission.ALL));
    }

    private static Optional<String> problemOfName(String subject, String name) {
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX) {
            return Optional.of(subject + " has " + name.length() + " characters: expected 1 to " + NAME_LENGTH_MAX);
        }
        boolean hasControl = name.chars().anyMatch(Character::isISOControl);
        return hasControl ? Optional.of(subject + " holds control characters") : Optional.empty();
    }

    private static Optional<String> problemOfAddress(String address) {
        int colon = address.lastIndexOf(':');
        boolean isHostAndPort =
                colon > 0 && address.substring(colon + 1).matches("\\d{1,5}") && address.indexOf(' ') < 0;
        return isHostAndPort
                ? Optional.empty()
                : Optional.of("Broker address " + address + " is not valid: expected host:port");
    }
}
