package io.ternmq.client.consumer.listener;

/** What a listener says about the messages it was handed. */
public enum ConsumeConcurrentlyStatus {
    CONSUME_SUCCESS,
    /** Not consumed: deliver again later. */
    RECONSUME_LATER
}
