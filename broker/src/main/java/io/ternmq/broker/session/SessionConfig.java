package io.ternmq.broker.session;

import io.ternmq.common.config.Setting;
import io.ternmq.common.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How clients are kept.
 *
 * @param silenceMax how long a client may be silent before it is taken for dead; key {@code channelExpiredTimeout},
 *     default 120 s
 * @param isNotifying whether members of a group hear at once that others joined or left; key
 *     {@code notifyConsumerIdsChangedEnable}, default true
 * @param clientsMax clients at one time; key {@code maxClientCount}, default 100000
 * @param groupsPerClientMax groups, of producers and of consumers each, of one client; key
 *     {@code maxGroupCountPerClient}, default 1000
 * @param subscriptionsPerGroupMax topics that one group reads; key {@code maxSubscriptionCountPerGroup}, default 1000
 * @param leaseLifetime how long a queue stays locked without renewal; key
 *     {@code rocketmq.broker.rebalance.lockMaxLiveTime}, default 60 s
 * @param leasesMax locked queues of all groups; key {@code maxQueueLeaseCount}, default 200000
 * @param isConflictRejected whether a client that reads something else than the members that its group has is not let
 *     in, rather than warned about; key {@code rejectConflictingSubscriptions}, default false
 */
public record SessionConfig(
        Duration silenceMax,
        boolean isNotifying,
        int clientsMax,
        int groupsPerClientMax,
        int subscriptionsPerGroupMax,
        Duration leaseLifetime,
        int leasesMax,
        boolean isConflictRejected) {
    static final Setting<Duration> SILENCE_MAX =
            Setting.millis("channelExpiredTimeout", 120_000).between(1_000, 3_600_000);
    static final Setting<Boolean> NOTIFYING =
            Setting.flag("notifyConsumerIdsChangedEnable", true).changeable();
    static final Setting<Integer> CLIENTS_MAX =
            Setting.integer("maxClientCount", 100_000).between(1, 10_000_000);
    static final Setting<Integer> GROUPS_PER_CLIENT_MAX =
            Setting.integer("maxGroupCountPerClient", 1_000).between(1, 100_000);
    static final Setting<Integer> SUBSCRIPTIONS_PER_GROUP_MAX =
            Setting.integer("maxSubscriptionCountPerGroup", 1_000).between(1, 100_000);
    static final Setting<Duration> LEASE_LIFETIME =
            Setting.millis("rocketmq.broker.rebalance.lockMaxLiveTime", 60_000).between(1_000, 3_600_000);
    static final Setting<Integer> LEASES_MAX =
            Setting.integer("maxQueueLeaseCount", 200_000).between(1, 10_000_000);
    static final Setting<Boolean> CONFLICT_REJECTED = Setting.flag("rejectConflictingSubscriptions", false);

    /** All keys of this record. */
    public static final List<Setting<?>> SETTINGS = List.of(
            SILENCE_MAX,
            NOTIFYING,
            CLIENTS_MAX,
            GROUPS_PER_CLIENT_MAX,
            SUBSCRIPTIONS_PER_GROUP_MAX,
            LEASE_LIFETIME,
            LEASES_MAX,
            CONFLICT_REJECTED);

    public static SessionConfig from(Settings settings) {
        return new SessionConfig(
                settings.get(SILENCE_MAX),
                settings.get(NOTIFYING),
                settings.get(CLIENTS_MAX),
                settings.get(GROUPS_PER_CLIENT_MAX),
                settings.get(SUBSCRIPTIONS_PER_GROUP_MAX),
                settings.get(LEASE_LIFETIME),
                settings.get(LEASES_MAX),
                settings.get(CONFLICT_REJECTED));
    }
}
