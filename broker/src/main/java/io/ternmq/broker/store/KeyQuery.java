package io.ternmq.broker.store;

/**
 * Asks for the newest messages with a key.
 *
 * @param key one of the words of a message's keys, or its unique key
 * @param isUniqueKey whether only the unique key counts
 * @param countMax messages at most; the store has a limit of its own as well
 * @param fromMillis stored at or after this wall time
 * @param toMillis stored at or before this one
 */
public record KeyQuery(String topic, String key, boolean isUniqueKey, int countMax, long fromMillis, long toMillis) {}
