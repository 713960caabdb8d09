package io.ternmq.broker.session;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.server.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what clients say of themselves: makes the groups that they name, with their retry topics, and then notes the
 * client. Stateless; goes on elsewhere when a group must be made first.
 */
public final class HeartbeatService {
    private static final Logger log = LoggerFactory.getLogger(HeartbeatService.class);

    private final ClientSessions sessions;
    private final ConsumerGroups groups;
    private final RetryTopics retryTopics;
    private final SubscriptionCheck check;
    private final SessionConfig config;

    public HeartbeatService(
            ClientSessions sessions,
            ConsumerGroups groups,
            RetryTopics retryTopics,
            SubscriptionCheck check,
            SessionConfig config) {
        this.sessions = sessions;
        this.groups = groups;
        this.retryTopics = retryTopics;
        this.check = check;
        this.config = config;
    }

    /** What is wrong with a heartbeat that is larger than any sound client's; empty if nothing is. */
    Optional<String> problemOf(Heartbeat heartbeat) {
        int groupsMax = config.groupsPerClientMax();
        if (heartbeat.producerGroups().size() > groupsMax
                || heartbeat.consumers().size() > groupsMax) {
            return Optional.of("Heartbeat names " + heartbeat.producerGroups().size() + " producer and "
                    + heartbeat.consumers().size() + " consumer groups: expected at most " + groupsMax + " each");
        }
        for (ConsumerMembership membership : heartbeat.consumers()) {
            if (membership.subscriptions().size() > config.subscriptionsPerGroupMax()) {
                return Optional.of("Group " + membership.group() + " subscribes to "
                        + membership.subscriptions().size() + " topics: expected at most "
                        + config.subscriptionsPerGroupMax());
            }
        }
        return Optional.empty();
    }

    /** What is wrong with the first subscription that cannot be evaluated; empty if all can. */
    Optional<String> unusableSubscription(Heartbeat heartbeat) {
        for (ConsumerMembership membership : heartbeat.consumers()) {
            for (SubscriptionData subscription : membership.subscriptions()) {
                Optional<String> problem = check.problemOf(subscription);
                if (problem.isPresent()) {
                    return Optional.of(
                            "Group " + membership.group() + ", topic " + subscription.topic() + ": " + problem.get());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The heartbeat without the subscriptions that cannot be evaluated. What the group had of such a topic before stays
     * in force: its other members, who did not write the expression, go on reading.
     */
    Heartbeat usable(Heartbeat heartbeat) {
        List<ConsumerMembership> memberships = new ArrayList<>();
        for (ConsumerMembership membership : heartbeat.consumers()) {
            Optional<ConsumerMembers> present = sessions.consumers(membership.group());
            List<SubscriptionData> kept = new ArrayList<>();
            for (SubscriptionData said : membership.subscriptions()) {
                if (check.problemOf(said).isEmpty()) {
                    kept.add(said);
                } else {
                    present.flatMap(members -> members.subscription(said.topic()))
                            .ifPresent(kept::add);
                }
            }
            memberships.add(new ConsumerMembership(
                    membership.group(),
                    membership.type(),
                    membership.model(),
                    membership.startFrom(),
                    kept,
                    membership.isUnit()));
        }
        return with(heartbeat, memberships);
    }

    /** Notes the client. Groups that do not exist and cannot be made are left out. */
    CompletionStage<Heard> heard(Client client, Heartbeat heartbeat) {
        return heard(client, heartbeat, Fingerprint.NONE);
    }

    /** As above, and notes the heartbeat's fingerprint if the same one again would change nothing. */
    CompletionStage<Heard> heard(Client client, Heartbeat heartbeat, long fingerprint) {
        List<CompletableFuture<Boolean>> admitted = new ArrayList<>();
        heartbeat.consumers().forEach(membership -> admitted.add(admit(membership.group())));
        return CompletableFuture.allOf(admitted.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> {
                    Heartbeat kept = only(heartbeat, admitted);
                    Heard heard = sessions.heard(client, kept);
                    if (heard.kind() == Heard.Kind.KNOWN
                            && kept.consumers().size() == heartbeat.consumers().size()) {
                        sessions.noteRepeatable(client.connection(), fingerprint);
                    }
                    return heard;
                });
    }

    /** Takes in a heartbeat that is, byte for byte, the client's last; empty if it must be read. */
    Optional<ClientSessions.Again> heardAgain(Connection connection, long fingerprint) {
        // A group that was deleted meanwhile, or its retry topic, comes to be again as with any heartbeat.
        return sessions.heardAgain(connection, fingerprint)
                .filter(again -> again.groups().stream().allMatch(this::isComplete));
    }

    private boolean isComplete(String group) {
        return groups.find(group)
                .filter(config -> config.retryQueues() <= 0 || retryTopics.exists(group))
                .isPresent();
    }

    private CompletableFuture<Boolean> admit(String name) {
        return groups.findOrCreate(name)
                .thenCompose(outcome ->
                        outcome.fold(done -> withRetryTopic(name, done.group().retryQueues()), refused -> {
                            log.debug("Group left out. group={} reason={}", name, refused.detail());
                            return CompletableFuture.completedFuture(false);
                        }))
                .toCompletableFuture();
    }

    private CompletionStage<Boolean> withRetryTopic(String group, int queues) {
        return queues <= 0
                ? CompletableFuture.completedFuture(true)
                : retryTopics.ensure(group, queues).thenApply(made -> true);
    }

    private static Heartbeat only(Heartbeat heartbeat, List<CompletableFuture<Boolean>> admitted) {
        List<ConsumerMembership> kept = new ArrayList<>();
        for (int index = 0; index < admitted.size(); index++) {
            if (admitted.get(index).join()) {
                kept.add(heartbeat.consumers().get(index));
            }
        }
        return with(heartbeat, kept);
    }

    private static Heartbeat with(Heartbeat heartbeat, List<ConsumerMembership> memberships) {
        return new Heartbeat(
                heartbeat.clientId(),
                heartbeat.producerGroups(),
                memberships,
                heartbeat.fingerprint(),
                heartbeat.leavesSubscriptionsOut());
    }
}
