package io.ternmq.common.topic;

import java.util.Optional;
import java.util.Set;

/** Names of producer and consumer groups: what is a legal one and which the system keeps for itself. Stateless. */
public final class GroupNames {
    public static final String DEFAULT_PRODUCER = "DEFAULT_PRODUCER";
    public static final String DEFAULT_CONSUMER = "DEFAULT_CONSUMER";
    public static final String TOOLS = "TOOLS_CONSUMER";
    public static final String FILTER_SERVER = "FILTERSRV_CONSUMER";
    public static final String SELF_TEST_CONSUMER = "SELF_TEST_C_GROUP";
    public static final String SELF_TEST_PRODUCER = "SELF_TEST_P_GROUP";
    public static final String TRANSACTIONS = "CID_RMQ_SYS_TRANS";
    public static final String CLIENT_INNER_PRODUCER = "CLIENT_INNER_PRODUCER";
    public static final String SYSTEM_PREFIX = "CID_RMQ_SYS_";

    /**
     * In front of a group's name: what its members lease queues under that they hand over to each other. Leases under the
     * group's own name mean that it consumes in order.
     */
    public static final String HAND_OVER_PREFIX = "%HANDOVER%";

    /** Longest name, in characters. */
    public static final int LENGTH_MAX = 120;

    private static final NameRule RULE = new NameRule("Group", LENGTH_MAX);

    private static final Set<String> SYSTEM = Set.of(
            DEFAULT_PRODUCER,
            DEFAULT_CONSUMER,
            TOOLS,
            FILTER_SERVER,
            SELF_TEST_CONSUMER,
            SELF_TEST_PRODUCER,
            CLIENT_INNER_PRODUCER,
            "SCHEDULE_CONSUMER",
            "__MONITOR_CONSUMER",
            "CID_ONS-HTTP-PROXY",
            "CID_ONSAPI_PERMISSION",
            "CID_ONSAPI_OWNER",
            "CID_ONSAPI_PULL");

    private GroupNames() {}

    /** What is wrong with {@code group}, as a sentence that names it; empty if nothing is. */
    public static Optional<String> problemOf(String group) {
        return RULE.problemOf(group);
    }

    /** Whether the system keeps the name for itself. Case counts. */
    public static boolean isSystem(String group) {
        return SYSTEM.contains(group) || group.startsWith(SYSTEM_PREFIX);
    }
}
