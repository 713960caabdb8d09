package io.ternmq.broker.store;

import io.ternmq.common.message.MessageRecord;

/**
 * The number that a queue's entry carries beside the place of its message. Mostly the hash of the tag; a room that keeps
 * messages in a topic of its own may put another one there, by which it finds them without reading them. Stateless, since
 * queues may be derived anew at any start.
 */
@FunctionalInterface
public interface EntryTag {
    /** What entries carry that nobody has a use of his own for. */
    EntryTag HASH = MessageRecord::tagsHash;

    /** Called on the dispatcher's thread, with a view that must not be kept. */
    long of(MessageRecord record);
}
