package io.ternmq.client.trace;

import io.ternmq.client.hook.ConsumeMessageContext.Ending;

/**
 * One line of a trace, as tools of this protocol read it: a kind and its fields, a U+0001 between two of them, and a U+0002
 * at the end. Immutable; holds texts and numbers only, so that one that waits keeps no message alive.
 */
sealed interface TraceRecord {

    /** The message it tells of, by its unique id. */
    String messageId();

    /** The message's own keys, blanks between them; empty for none. */
    String keys();

    /** Adds the line. */
    void appendTo(StringBuilder text);

    /**
     * A message was stored: {@code Pub}.
     *
     * @param atMillis wall time at which the attempt began
     * @param region of the broker
     * @param brokerAddress {@code host:port}
     * @param bodyBytes before any compression
     * @param type what kind of message it was
     * @param offsetMessageId the broker's id
     * @param isSuccess whether it is stored as safely as was asked for
     */
    record Sent(
            long atMillis,
            String region,
            String group,
            String topic,
            String messageId,
            String tags,
            String keys,
            String brokerAddress,
            int bodyBytes,
            long tookMillis,
            Type type,
            String offsetMessageId,
            boolean isSuccess)
            implements TraceRecord {
        @Override
        public void appendTo(StringBuilder text) {
            new TraceFields(text, "Pub")
                    .add(atMillis)
                    .add(region)
                    .add(group)
                    .add(topic)
                    .add(messageId)
                    .add(tags)
                    .add(keys)
                    .add(brokerAddress)
                    .add(bodyBytes)
                    .add(tookMillis)
                    .add(type.code())
                    .add(offsetMessageId)
                    .add(isSuccess)
                    .end();
        }
    }

    /** Kinds of messages, with the numbers that the format gives them; 2 is the end of a transaction. */
    enum Type {
        NORMAL(0),
        TRANSACTION_HALF(1),
        DELAYED(3);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * A message is handed to a listener: {@code SubBefore}.
     *
     * @param atMillis wall time of the call
     * @param region of the broker that the message came through
     * @param requestId of the call, the same in {@link Consumed}
     * @param retryTimes deliveries before this one
     */
    record Delivered(
            long atMillis, String region, String group, String requestId, String messageId, int retryTimes, String keys)
            implements TraceRecord {
        @Override
        public void appendTo(StringBuilder text) {
            new TraceFields(text, "SubBefore")
                    .add(atMillis)
                    .add(region)
                    .add(group)
                    .add(requestId)
                    .add(messageId)
                    .add(retryTimes)
                    .addLast(keys)
                    .end();
        }
    }

    /**
     * The listener has returned: {@code SubAfter}.
     *
     * @param tookMillis time in the listener, of the whole call
     * @param isSuccess whether the message counts as consumed
     * @param atMillis wall time at which the call began
     */
    record Consumed(
            String requestId,
            String messageId,
            long tookMillis,
            boolean isSuccess,
            String keys,
            Ending ending,
            long atMillis,
            String group)
            implements TraceRecord {
        @Override
        public void appendTo(StringBuilder text) {
            new TraceFields(text, "SubAfter")
                    .add(requestId)
                    .add(messageId)
                    .add(tookMillis)
                    .add(isSuccess)
                    .add(keys)
                    .add(codeOf(ending))
                    .add(atMillis)
                    .add(group)
                    .end();
        }

        private static int codeOf(Ending ending) {
            return switch (ending) {
                case SUCCESS -> 0;
                case TIME_OUT -> 1;
                case EXCEPTION -> 2;
                case RETURNNULL -> 3;
                case FAILED -> 4;
            };
        }
    }
}
