package io.ternmq.interop.api;

import java.util.List;

/**
 * The answer to one pull.
 *
 * @param status such as {@code FOUND}
 * @param nextOffset where to go on
 * @param minOffset first offset of the queue
 * @param maxOffset offset after the last of the queue
 * @param messages in the order of the queue
 */
public record Pulled(String status, long nextOffset, long minOffset, long maxOffset, List<Received> messages) {}
