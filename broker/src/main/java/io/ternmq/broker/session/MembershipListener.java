package io.ternmq.broker.session;

/** Hears that members of a consumer group have joined or left, or that the group reads something else. */
@FunctionalInterface
public interface MembershipListener {

    /** Called after the change, on the thread that made it; must not block. */
    void changed(ConsumerMembers group);
}
