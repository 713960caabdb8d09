package io.ternmq.broker.session;

import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.remoting.protocol.group.GroupConfig;
import io.ternmq.remoting.protocol.session.ConsumerGroupRequest;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import java.util.function.BooleanSupplier;

/** Tells the members of a group at once that its membership has changed, so that they share out its queues anew. Stateless. */
public final class ClientNotifier implements MembershipListener {
    private final ConsumerGroups groups;
    private final BooleanSupplier isEnabled;

    /** @param isEnabled asked at each change */
    public ClientNotifier(ConsumerGroups groups, BooleanSupplier isEnabled) {
        this.groups = groups;
        this.isEnabled = isEnabled;
    }

    @Override
    public void changed(ConsumerMembers group) {
        // Members of a broadcasting group read all queues each, whoever else is there.
        if (group.model() == GroupModel.BROADCASTING || !isEnabled.getAsBoolean() || !isWanted(group.group())) {
            return;
        }
        ConsumerGroupRequest notice = new ConsumerGroupRequest(group.group());
        group.members().forEach(member -> member.connection().oneWay(SessionRpcs.NOTIFY_CONSUMER_IDS_CHANGED, notice));
    }

    private boolean isWanted(String group) {
        return groups.find(group).map(GroupConfig::notifiesMembers).orElse(true);
    }
}
