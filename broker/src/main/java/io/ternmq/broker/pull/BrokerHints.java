package io.ternmq.broker.pull;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.remoting.protocol.group.GroupConfig;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Which broker of this name the readers of a group should go on with: as the group's configuration says, where replicas
 * may be read at all; else always the master. Stateless.
 */
public final class BrokerHints {
    private final ConsumerGroups groups;
    private final BooleanSupplier mayReadReplicas;

    /** @param mayReadReplicas asked at each pull */
    public BrokerHints(ConsumerGroups groups, BooleanSupplier mayReadReplicas) {
        this.groups = groups;
        this.mayReadReplicas = mayReadReplicas;
    }

    BrokerHint of(String group) {
        if (!mayReadReplicas.getAsBoolean()) {
            return BrokerHint.STAY;
        }
        Optional<GroupConfig> config = groups.find(group);
        return isSlow -> config.map(known -> isSlow ? known.brokerIdWhenSlow() : known.brokerId())
                .orElse(0L);
    }
}
