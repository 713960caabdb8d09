package io.ternmq.broker.store;

/**
 * What a reader wants of one queue.
 *
 * @param offset first wanted queue offset
 * @param countMax messages at most, 1 or more
 * @param bytesMax bytes of records at most; the first message is given whatever its size
 */
public record ReadRequest(TopicQueue queue, long offset, int countMax, int bytesMax, MessageFilter filter) {

    /** The same with another filter. */
    public ReadRequest with(MessageFilter otherFilter) {
        return new ReadRequest(queue, offset, countMax, bytesMax, otherFilter);
    }

    /** The same from another offset on. */
    public ReadRequest from(long otherOffset) {
        return new ReadRequest(queue, otherOffset, countMax, bytesMax, filter);
    }
}
