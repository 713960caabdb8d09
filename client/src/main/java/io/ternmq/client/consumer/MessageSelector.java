package io.ternmq.client.consumer;

/**
 * Which messages of a topic a consumer wants.
 *
 * @param type of the expression: {@code TAG} or {@code SQL92}
 * @param expression {@code *}, tags joined by {@code ||}, or a condition on properties
 */
public record MessageSelector(String type, String expression) {
    static final String TAG = "TAG";
    static final String SQL92 = "SQL92";

    /** By tag: {@code *} for all, or {@code TagA || TagB}. Null and empty count as {@code *}. */
    public static MessageSelector byTag(String tags) {
        return new MessageSelector(TAG, tags == null || tags.isBlank() ? "*" : tags);
    }

    /** By a condition on properties, in the dialect that brokers call SQL92. */
    public static MessageSelector bySql(String condition) {
        if (condition == null || condition.isBlank()) {
            throw new IllegalArgumentException("A SQL92 selector needs a condition, such as a > 5");
        }
        return new MessageSelector(SQL92, condition);
    }
}
