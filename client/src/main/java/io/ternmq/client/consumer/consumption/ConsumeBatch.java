package io.ternmq.client.consumer.consumption;

import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import java.util.List;

/** Messages of one queue for one call of the listener. */
record ConsumeBatch(MessageQueue queue, ProcessQueue processQueue, List<ProcessQueue.Held> held) {

    List<MessageExt> messages() {
        return held.size() == 1
                ? List.of(held.get(0).message())
                : held.stream().map(ProcessQueue.Held::message).toList();
    }
}
