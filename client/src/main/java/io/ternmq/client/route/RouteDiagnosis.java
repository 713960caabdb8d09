package io.ternmq.client.route;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.gateway.RouteGateway;
import io.ternmq.client.route.NameServers.Asked;
import io.ternmq.common.config.NearestName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds out why a topic has no route, by asking a name server that answers what it does know: which brokers are registered,
 * whether they create topics, which topics have names like it. Asked only when a send has failed for it. Stateless.
 */
final class RouteDiagnosis {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int NAMES_MAX = 2_000; // compared, which takes about a microsecond each

    private final RouteGateway gateway;

    RouteDiagnosis(RouteGateway gateway) {
        this.gateway = gateway;
    }

    /** Why neither the topic nor the template has a route. Completes normally in any case. */
    CompletionStage<MQClientException> explain(String topic, Template template, Asked asked, Asked askedTemplate) {
        Optional<String> server = asked.answered().stream().findFirst();
        if (server.isEmpty()) {
            return CompletableFuture.completedFuture(noRoute(
                    topic,
                    asked,
                    "No name server answered: check namesrvAddr, and that these name servers are up and can be"
                            + " reached from here"));
        }
        CompletionStage<Optional<List<String>>> brokers = known(gateway.brokerNames(server.get(), TIMEOUT));
        CompletionStage<Optional<List<String>>> topics = known(gateway.topics(server.get(), TIMEOUT));
        return brokers.thenCombine(
                topics,
                (registered, existing) ->
                        noRoute(topic, asked, causeOf(topic, template, asked, askedTemplate, registered, existing)));
    }

    private static String causeOf(
            String topic,
            Template template,
            Asked asked,
            Asked askedTemplate,
            Optional<List<String>> registered,
            Optional<List<String>> existing) {
        if (registered.isPresent() && registered.get().isEmpty()) {
            return "No broker is registered there: start one with these name servers, or wait for it to register";
        }
        String brokers = registered
                .map(names -> "Brokers registered: " + names + ". ")
                .orElse("Which brokers are registered was not answered. ");
        if (askedTemplate.route().isPresent()) {
            return brokers + "Brokers create topics by themselves (template " + template.topic()
                    + " is there), but none that does can be written now: expected write permission and a master";
        }
        String unsure = asked.areAllSure()
                ? ""
                : "Not every name server answered: Check namesrvAddr and that all of them are up. ";
        return unsure + brokers + "The topic does not exist, and no broker creates topics by itself (template "
                + template.topic() + " is not known): create the topic, or set autoCreateTopicEnable=true on a broker."
                + existing.map(names -> nearest(topic, names)).orElse("");
    }

    private static String nearest(String topic, List<String> existing) {
        List<String> compared = existing.subList(0, Math.min(existing.size(), NAMES_MAX));
        return NearestName.of(topic, compared)
                .map(name -> " The topic with the nearest name is " + name)
                .orElse(" No topic has a name like it");
    }

    private static MQClientException noRoute(String topic, Asked asked, String cause) {
        return new MQClientException(
                ClientErrorCode.NOT_FOUND_TOPIC_EXCEPTION,
                "No route info of this topic: " + topic + ". Asked: " + String.join("; ", asked.heard()) + ". "
                        + cause);
    }

    // A server that does not answer this leaves that part of the explanation out.
    private static CompletionStage<Optional<List<String>>> known(CompletionStage<List<String>> asked) {
        return asked.handle((names, failure) -> Optional.ofNullable(names));
    }
}
