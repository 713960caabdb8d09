package io.ternmq.broker.store;

import io.ternmq.common.message.MessageRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The store of one broker: one log of all messages and, derived from it, a queue of offsets for each topic and queue id.
 * Any thread may call any method.
 */
public interface MessageStore {

    /**
     * Appends messages as one unit: all of them with consecutive queue offsets in one segment, or none. They must share
     * topic and queue. Encodes on the calling thread, then returns without waiting for anything.
     *
     * @param waitForConfirmation whether the answer waits for the flush and the replicas that the configuration
     *     demands; the property {@code WAIT=false} of a message asks not to
     * @return completes exactly once, never exceptionally for an expected reason. Completed in place when this thread
     *     stored the unit, else on an unspecified thread that must not be held up
     */
    CompletableFuture<AppendOutcome> append(List<MessageDraft> unit, boolean waitForConfirmation);

    /**
     * Reads from a queue. May touch cold pages: a thread that must not wait asks {@link #isHot} first, or {@link
     * #readFromMemory}.
     */
    ReadResult read(ReadRequest request);

    /**
     * Reads from a queue what the system has in memory now, without waiting for a disk. Only who reads on from where a
     * {@link #read} has been finds something.
     *
     * @return messages; empty, though there may be some, where it cannot tell
     */
    Optional<ReadResult> readFromMemory(ReadRequest request);

    /**
     * Reads the numbers that a queue's entries carry beside the places of their messages, see {@link EntryTag}, from
     * {@code offset} on until {@code tags} is full or the queue ends; 0 for an entry that stands for no message. May touch
     * cold pages.
     *
     * @return how many; 0 if {@code offset} is not in the queue
     */
    int entryTags(TopicQueue queue, long offset, long[] tags);

    /** Whether a read from this offset touches only what was written last and is very likely in memory. */
    boolean isHot(TopicQueue queue, long offset);

    /**
     * Whether the message at this offset was written so long ago that its pages are likely no longer in memory; false
     * where there is none. May touch a cold page of the queue.
     */
    boolean isLikelyOnDisk(TopicQueue queue, long offset);

    /** The readable offsets of a queue; {@link QueueRange#EMPTY} for an unknown one. Never waits. */
    QueueRange range(TopicQueue queue);

    /** Offset by store time. 0 for an unknown queue. May touch cold pages. */
    long offsetAt(TopicQueue queue, long wallMillis, TimeBoundary boundary);

    /** Store time of the message at an offset; empty if the queue does not hold it. May touch cold pages. */
    OptionalLong storeMillis(TopicQueue queue, long offset);

    /**
     * Reads the record that begins at a commit-log position and hands it to {@code reader}, who must not keep it.
     * Empty if no whole readable record begins there. May touch cold pages.
     */
    <T> Optional<T> readRecord(long position, Function<ByteBuffer, T> reader);

    /**
     * Hands every readable record that was stored at or after a wall time to {@code visitor}, in log order, who must not
     * keep it. Touches cold pages and takes as long as there is log: for the start, not for requests.
     */
    void scan(long wallMillis, Consumer<MessageRecord> visitor);

    /**
     * Finds messages by key, newest first; those of a topic that was deleted too, while they are in the log. May touch
     * cold pages.
     */
    KeyQueryResult query(KeyQuery query);

    /** Every queue that the store knows, also those without messages. */
    List<TopicQueue> queues();

    /** Drops the queues of a topic; its records stay in the log until retention removes them. May wait for the disk. */
    void deleteTopic(String topic);

    /** How far it has come. Asks nobody, and waits for nothing. */
    StoreState state();

    /**
     * Asks the operating system for the room on the disk.
     *
     * @throws StoreException if it cannot tell
     */
    StoreSpace space();
}
