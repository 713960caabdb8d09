package io.ternmq.client.producer;

import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.Message;
import java.util.Collection;

/** What an application wants sent, not looked at yet. */
@FunctionalInterface
interface Parcel {

    /** Checks it and makes it ready. */
    Outgoing prepare(MessagePreparer preparer) throws MQClientException;

    static Parcel of(Message message) {
        return preparer -> preparer.prepare(message);
    }

    static Parcel of(Collection<? extends Message> messages) {
        return preparer -> preparer.prepare(messages);
    }
}
