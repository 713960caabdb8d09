package io.ternmq.common.message;

/** Names of the properties that clients and brokers of this protocol give a meaning. */
public final class MessageProperties {
    public static final String KEYS = "KEYS";
    public static final String TAGS = "TAGS";
    public static final String WAIT = "WAIT";
    public static final String DELAY = "DELAY";
    public static final String RETRY_TOPIC = "RETRY_TOPIC";
    public static final String REAL_TOPIC = "REAL_TOPIC";
    public static final String REAL_QUEUE_ID = "REAL_QID";
    public static final String TRANSACTION_PREPARED = "TRAN_MSG";
    public static final String PRODUCER_GROUP = "PGROUP";
    public static final String MIN_OFFSET = "MIN_OFFSET";
    public static final String MAX_OFFSET = "MAX_OFFSET";
    public static final String BUYER_ID = "BUYER_ID";
    public static final String ORIGIN_MESSAGE_ID = "ORIGIN_MESSAGE_ID";
    public static final String TRANSFER_FLAG = "TRANSFER_FLAG";
    public static final String CORRECTION_FLAG = "CORRECTION_FLAG";
    public static final String MQ2_FLAG = "MQ2_FLAG";
    public static final String RECONSUME_TIME = "RECONSUME_TIME";
    public static final String MSG_REGION = "MSG_REGION";
    public static final String TRACE_ON = "TRACE_ON";
    public static final String UNIQUE_KEY = "UNIQ_KEY";
    public static final String MAX_RECONSUME_TIMES = "MAX_RECONSUME_TIMES";
    public static final String CONSUME_START_TIME = "CONSUME_START_TIME";
    public static final String INNER_NUM = "INNER_NUM";
    public static final String INNER_BASE = "INNER_BASE";
    public static final String TRANSACTION_ID = "__transactionId__";
    public static final String TRANSACTION_CHECK_TIMES = "TRANSACTION_CHECK_TIMES";
    public static final String CHECK_IMMUNITY_SECONDS = "CHECK_IMMUNITY_TIME_IN_SECONDS";
    public static final String INSTANCE_ID = "INSTANCE_ID";
    public static final String CORRELATION_ID = "CORRELATION_ID";
    public static final String REPLY_TO_CLIENT = "REPLY_TO_CLIENT";
    public static final String TTL = "TTL";
    public static final String CLUSTER = "CLUSTER";
    public static final String MESSAGE_TYPE = "MSG_TYPE";
    public static final String POP_RECEIPT = "POP_CK";
    public static final String SHARDING_KEY = "__SHARDINGKEY";
    public static final String TIMER_DELAY_SECONDS = "TIMER_DELAY_SEC";
    public static final String TIMER_DELAY_MILLIS = "TIMER_DELAY_MS";
    public static final String TIMER_DELIVER_MILLIS = "TIMER_DELIVER_MS";
    public static final String TIMER_DELETE_UNIQUE_KEY = "TIMER_DEL_UNIQKEY";

    /** Which send a message, or a batch, belongs to and which repeat of it this is: see {@link SendId}. Ours alone. */
    public static final String SEND_ID = "TERN_SEND";

    /** Stands between a name and its value in a property string. */
    public static final char NAME_VALUE_SEPARATOR = '\u0001';

    /** Ends each pair of a property string; the last one may be missing. */
    public static final char PROPERTY_SEPARATOR = '\u0002';

    /** Between the words of {@link #KEYS}. */
    public static final String KEY_SEPARATOR = " ";

    private MessageProperties() {}
}
