package io.ternmq.common.topic;

import java.util.Optional;
import java.util.Set;

/** Names of topics: what is a legal one, which the system keeps for itself, and which follow from a group. Stateless. */
public final class TopicNames {
    /** New topics are made in the image of this one. */
    public static final String AUTO_CREATE_TEMPLATE = "TBW102";

    public static final String SELF_TEST = "SELF_TEST_TOPIC";
    public static final String BENCHMARK = "BenchmarkTest";
    public static final String OFFSET_MOVED_EVENT = "OFFSET_MOVED_EVENT";
    public static final String SCHEDULE = "SCHEDULE_TOPIC_XXXX";
    public static final String TRACE = "RMQ_SYS_TRACE_TOPIC";
    public static final String HALF_MESSAGES = "RMQ_SYS_TRANS_HALF_TOPIC";
    public static final String HALF_MESSAGE_ENDS = "RMQ_SYS_TRANS_OP_HALF_TOPIC";
    public static final String HALF_MESSAGES_GIVEN_UP = "TRANS_CHECK_MAX_TIME_TOPIC";
    public static final String TIMER_WHEEL = "rmq_sys_wheel_timer";
    public static final String CHECKPOINT = "CHECKPOINT_TOPIC";

    public static final String RETRY_PREFIX = "%RETRY%";
    public static final String DEAD_LETTER_PREFIX = "%DLQ%";
    public static final String SYSTEM_PREFIX = "rmq_sys_";
    public static final String REPLY_SUFFIX = "_REPLY_TOPIC";

    /** Longest name of a topic that users make, in characters. */
    public static final int LENGTH_MAX = 127;

    /** Longest name of a topic that the system derives from a group, in characters. */
    public static final int DERIVED_LENGTH_MAX = 255;

    private static final NameRule RULE = new NameRule("Topic", LENGTH_MAX);
    private static final NameRule DERIVED_RULE = new NameRule("Topic", DERIVED_LENGTH_MAX);

    private static final Set<String> SYSTEM = Set.of(
            AUTO_CREATE_TEMPLATE,
            SELF_TEST,
            BENCHMARK,
            OFFSET_MOVED_EVENT,
            SCHEDULE,
            TRACE,
            HALF_MESSAGES,
            HALF_MESSAGE_ENDS,
            HALF_MESSAGES_GIVEN_UP,
            CHECKPOINT);

    private static final Set<String> CLOSED_TO_CLIENTS =
            Set.of(SCHEDULE, HALF_MESSAGES, HALF_MESSAGE_ENDS, HALF_MESSAGES_GIVEN_UP, SELF_TEST, OFFSET_MOVED_EVENT);

    private TopicNames() {}

    /** What is wrong with {@code topic}, as a sentence that names it; empty if nothing is. */
    public static Optional<String> problemOf(String topic) {
        return (isRetry(topic) || isDeadLetter(topic) ? DERIVED_RULE : RULE).problemOf(topic);
    }

    /** Whether the system keeps the name for itself. Case counts. */
    public static boolean isSystem(String topic) {
        return SYSTEM.contains(topic) || topic.startsWith(SYSTEM_PREFIX);
    }

    /** Whether only the broker itself may write to the topic. */
    public static boolean isClosedToClients(String topic) {
        return CLOSED_TO_CLIENTS.contains(topic);
    }

    public static boolean isRetry(String topic) {
        return topic.startsWith(RETRY_PREFIX);
    }

    public static boolean isDeadLetter(String topic) {
        return topic.startsWith(DEAD_LETTER_PREFIX);
    }

    /** Where messages wait that {@code group} will be given again. */
    public static String retryOf(String group) {
        return RETRY_PREFIX + group;
    }

    /** Where messages end that {@code group} was given often enough. */
    public static String deadLetterOf(String group) {
        return DEAD_LETTER_PREFIX + group;
    }

    /** Where a cluster keeps the answers of request and reply. */
    public static String replyOf(String cluster) {
        return cluster + REPLY_SUFFIX;
    }

    /** The group that a retry or dead-letter topic belongs to; empty for other topics. */
    public static Optional<String> groupOf(String topic) {
        if (isRetry(topic)) {
            return Optional.of(topic.substring(RETRY_PREFIX.length()));
        }
        return isDeadLetter(topic) ? Optional.of(topic.substring(DEAD_LETTER_PREFIX.length())) : Optional.empty();
    }
}
