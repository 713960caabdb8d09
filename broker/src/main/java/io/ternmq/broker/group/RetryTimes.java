package io.ternmq.broker.group;

import io.ternmq.remoting.protocol.group.GroupConfig;
import java.util.OptionalInt;

/** How often a group is given a message again before it goes to the group's dead letters. Stateless. */
public final class RetryTimes {
    /** Release ordinal (3.4.9) from which on what a member asks for counts. */
    private static final int MEMBER_DECIDES_VERSION_MIN = 121;

    private RetryTimes() {}

    /**
     * How often at most.
     *
     * @param ofMember what the member asks for that cannot use the message
     */
    public static int max(GroupConfig group, OptionalInt ofMember) {
        return ofMember.orElse(group.retryTimesMax());
    }

    /**
     * The same for a member of a release that may be too old to be asked.
     *
     * @param memberVersion release ordinal
     */
    public static int max(GroupConfig group, OptionalInt ofMember, int memberVersion) {
        return memberVersion >= MEMBER_DECIDES_VERSION_MIN ? max(group, ofMember) : group.retryTimesMax();
    }
}
