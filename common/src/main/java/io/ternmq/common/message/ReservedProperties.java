package io.ternmq.common.message;

import java.util.Set;

/** Property names that a user may not set as a property of their own, since clients and brokers act on them. */
final class ReservedProperties {
    private static final Set<String> NAMES = Set.of(
            MessageProperties.KEYS,
            MessageProperties.TAGS,
            MessageProperties.WAIT,
            MessageProperties.DELAY,
            MessageProperties.RETRY_TOPIC,
            MessageProperties.REAL_TOPIC,
            MessageProperties.REAL_QUEUE_ID,
            MessageProperties.TRANSACTION_PREPARED,
            MessageProperties.PRODUCER_GROUP,
            MessageProperties.MIN_OFFSET,
            MessageProperties.MAX_OFFSET,
            MessageProperties.BUYER_ID,
            MessageProperties.ORIGIN_MESSAGE_ID,
            MessageProperties.TRANSFER_FLAG,
            MessageProperties.CORRECTION_FLAG,
            MessageProperties.MQ2_FLAG,
            MessageProperties.RECONSUME_TIME,
            MessageProperties.MSG_REGION,
            MessageProperties.TRACE_ON,
            MessageProperties.UNIQUE_KEY,
            MessageProperties.MAX_RECONSUME_TIMES,
            MessageProperties.CONSUME_START_TIME,
            MessageProperties.INSTANCE_ID,
            MessageProperties.CORRELATION_ID,
            MessageProperties.REPLY_TO_CLIENT,
            MessageProperties.TTL,
            MessageProperties.CLUSTER,
            MessageProperties.MESSAGE_TYPE,
            MessageProperties.POP_RECEIPT,
            MessageProperties.TIMER_DELAY_SECONDS,
            MessageProperties.TIMER_DELAY_MILLIS,
            MessageProperties.TIMER_DELIVER_MILLIS,
            MessageProperties.TIMER_DELETE_UNIQUE_KEY,
            MessageProperties.SEND_ID,
            "EXTEND_UNIQ_INFO",
            "DUP_INFO",
            "TRAN_PREPARED_QUEUE_OFFSET",
            "ARRIVE_TIME",
            "PUSH_REPLY_TIME",
            "POP_CK_OFFSET",
            "1ST_POP_TIME",
            "INNER_MULTI_QUEUE_OFFSET",
            "TIMER_OUT_MS",
            "TIMER_ENQUEUE_MS",
            "TIMER_DEQUEUE_MS",
            "TIMER_ROLL_TIMES",
            "TIMER_DELAY_LEVEL",
            "__BORNHOST",
            "BORN_TIMESTAMP",
            "__CRC32#",
            "DLQ_ORIGIN_TOPIC",
            "DLQ_ORIGIN_MESSAGE_ID");

    private ReservedProperties() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
