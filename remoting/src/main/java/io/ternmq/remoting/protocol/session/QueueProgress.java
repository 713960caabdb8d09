package io.ternmq.remoting.protocol.session;

import io.ternmq.common.json.JsonObject;
import io.ternmq.common.json.JsonWriter;

/**
 * How far a consumer is with one queue. Times are wall milliseconds of the client, 0 for never.
 *
 * @param commitOffset offset as the client would commit it now
 * @param cachedMinOffset least offset of messages read and not yet consumed
 * @param cachedMaxOffset greatest of them
 * @param cachedMessages their number
 * @param cachedMib their size in MiB
 * @param isLocked whether the client has the queue for itself
 * @param tryUnlockTimes how often it tried to give the queue back
 * @param lastLockMillis when the lock was last renewed
 * @param isDropped whether the queue is another member's by now
 * @param lastPullMillis when messages were last asked for
 * @param lastConsumeMillis when one was last consumed
 */
public record QueueProgress(
        long commitOffset,
        long cachedMinOffset,
        long cachedMaxOffset,
        int cachedMessages,
        int cachedMib,
        boolean isLocked,
        long tryUnlockTimes,
        long lastLockMillis,
        boolean isDropped,
        long lastPullMillis,
        long lastConsumeMillis) {

    // The three members of transactions belong to a consumption that this protocol no longer has; readers expect them.
    void write(JsonWriter json) {
        json.beginObject()
                .member("cachedMsgCount", cachedMessages)
                .member("cachedMsgMaxOffset", cachedMaxOffset)
                .member("cachedMsgMinOffset", cachedMinOffset)
                .member("cachedMsgSizeInMiB", cachedMib)
                .member("commitOffset", commitOffset)
                .member("droped", isDropped)
                .member("lastConsumeTimestamp", lastConsumeMillis)
                .member("lastLockTimestamp", lastLockMillis)
                .member("lastPullTimestamp", lastPullMillis)
                .member("locked", isLocked)
                .member("transactionMsgCount", 0)
                .member("transactionMsgMaxOffset", 0)
                .member("transactionMsgMinOffset", 0)
                .member("tryUnlockTimes", tryUnlockTimes)
                .endObject();
    }

    static QueueProgress read(JsonObject object) {
        return new QueueProgress(
                object.int64("commitOffset", 0),
                object.int64("cachedMsgMinOffset", 0),
                object.int64("cachedMsgMaxOffset", 0),
                object.int32("cachedMsgCount", 0),
                object.int32("cachedMsgSizeInMiB", 0),
                object.flag("locked", false),
                object.int64("tryUnlockTimes", 0),
                object.int64("lastLockTimestamp", 0),
                object.flag("droped", false),
                object.int64("lastPullTimestamp", 0),
                object.int64("lastConsumeTimestamp", 0));
    }
}
