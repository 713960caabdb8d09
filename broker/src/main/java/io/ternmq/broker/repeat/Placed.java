package io.ternmq.broker.repeat;

import io.ternmq.broker.store.AppendOutcome;

/**
 * What became of a send, perhaps by an earlier request.
 *
 * @param queueId where it was stored, or was to be
 * @param isRepeat whether an earlier request did it
 */
public record Placed(int queueId, AppendOutcome outcome, boolean isRepeat) {
    Placed again() {
        return isRepeat ? this : new Placed(queueId, outcome, true);
    }
}
