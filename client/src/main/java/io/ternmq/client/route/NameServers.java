package io.ternmq.client.route;

import io.ternmq.client.gateway.RouteGateway;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.route.TopicRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The name servers of a client, asked one after another until one knows. Owns their list and which of them answered
 * last. Safe for use by any thread; never blocks.
 */
public final class NameServers {
    private final RouteGateway gateway;
    private final Clock clock;
    private final Duration timeout;

    private volatile List<String> addresses; // replaced as a whole by whoever sets it
    private volatile int preferred; // index of the one that answered last; any asker sets it

    /**
     * What name servers said about a topic.
     *
     * @param route empty if none knew
     * @param heard a sentence for each one asked
     * @param answered those that answered, whatever they said
     * @param areAllSure whether every one of them answered, and that the topic does not exist
     */
    public record Asked(Optional<TopicRoute> route, List<String> heard, List<String> answered, boolean areAllSure) {}

    /**
     * Asks nothing yet.
     *
     * @param addresses {@code host:port} each, at least one
     * @param first index of the one to ask first
     * @param timeout for one question, over all of them
     */
    public NameServers(RouteGateway gateway, List<String> addresses, int first, Duration timeout, Clock clock) {
        this.gateway = gateway;
        this.addresses = List.copyOf(addresses);
        this.preferred = first;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** The parts of {@code host:port;host:port}; commas do as well. Blank parts are left out. */
    public static List<String> parse(String text) {
        return Arrays.stream(text.split("[;,]", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }

    RouteGateway gateway() {
        return gateway;
    }

    public List<String> addresses() {
        return addresses;
    }

    /** Asks others from now on; at least one. */
    public void replace(List<String> others) {
        addresses = List.copyOf(others);
    }

    /** Completes normally whatever the servers say, on a network thread or the caller's. */
    public CompletionStage<Asked> ask(String topic) {
        Round round = new Round(topic, addresses, preferred);
        round.next();
        return round.result;
    }

    /** One question to one server after another; its steps follow one another. */
    private final class Round {
        private final String topic;
        private final List<String> servers;
        private final int first;
        private final long startNanos = clock.monotonicNanos();
        private final List<String> heard = new ArrayList<>();
        private final List<String> answered = new ArrayList<>();
        private final CompletableFuture<Asked> result = new CompletableFuture<>();
        private boolean areAllSure = true;

        private Round(String topic, List<String> servers, int first) {
            this.topic = topic;
            this.servers = servers;
            this.first = first;
        }

        private void next() {
            int asked = heard.size();
            if (asked == servers.size()) {
                result.complete(new Asked(Optional.empty(), List.copyOf(heard), List.copyOf(answered), areAllSure));
                return;
            }
            int index = Math.floorMod(first + asked, servers.size());
            String server = servers.get(index);
            // A silent server leaves the others their share of the time.
            Duration share =
                    timeout.minusNanos(clock.monotonicNanos() - startNanos).dividedBy(servers.size() - asked);
            gateway.route(server, topic, share).whenComplete((route, failure) -> {
                if (failure != null) {
                    areAllSure = false;
                    heard.add(server + ": " + failure.getMessage());
                    next();
                } else if (route.isEmpty()) {
                    answered.add(server);
                    heard.add(server + ": the topic is not known");
                    next();
                } else {
                    answered.add(server);
                    preferred = index;
                    result.complete(new Asked(route, List.copyOf(heard), List.copyOf(answered), false));
                }
            });
        }
    }
}
