package io.ternmq.broker.session;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of members of one group that read differently. The protocol has one table of subscriptions for a group, which the
 * heartbeat of one member takes away from the other: each then misses messages, and nothing says so. Owns their counts;
 * safe for use by any thread.
 */
public final class SubscriptionConflicts {
    private static final Logger log = LoggerFactory.getLogger(SubscriptionConflicts.class);

    private final LongAdder found = new LongAdder(); // any thread
    private final LongAdder refused = new LongAdder(); // any thread

    /** Conflicts found since the start, those refused included; one that lasts counts once. */
    public long found() {
        return found.sum();
    }

    /** Conflicts that were refused. */
    public long refused() {
        return refused.sum();
    }

    void warn(Conflict conflict) {
        found.increment();
        log.warn(
                "Members of a group subscribe differently, and take each other's messages away."
                        + " group={} client={} subscribes={} otherClient={} otherSubscribes={}",
                conflict.group(),
                conflict.newcomer(),
                conflict.newcomerReads(),
                conflict.member(),
                conflict.memberReads());
    }

    void refuse(Conflict conflict) {
        found.increment();
        refused.increment();
        log.warn(
                "Member that subscribes differently from its group is refused."
                        + " group={} client={} subscribes={} otherClient={} otherSubscribes={}",
                conflict.group(),
                conflict.newcomer(),
                conflict.newcomerReads(),
                conflict.member(),
                conflict.memberReads());
    }
}
