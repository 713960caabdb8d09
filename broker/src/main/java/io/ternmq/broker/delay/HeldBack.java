package io.ternmq.broker.delay;

import io.ternmq.broker.store.AppendInterceptor;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.PropertyString;
import io.ternmq.common.topic.TopicNames;
import java.util.List;

/**
 * Sends messages that are to be held back to the queue of their level, with a note of where they are for. Stateless; any
 * thread.
 */
public final class HeldBack implements AppendInterceptor {
    private final DelayLevels levels;

    public HeldBack(DelayLevels levels) {
        this.levels = levels;
    }

    @Override
    public Verdict intercept(List<MessageDraft> unit) {
        for (MessageDraft draft : unit) {
            if (draft.delayLevel() > 0) {
                return Verdict.pass(List.of(heldBack(alone(unit))));
            }
        }
        return Verdict.pass(unit);
    }

    private MessageDraft heldBack(MessageDraft draft) {
        int level = levels.clamp(draft.delayLevel());
        return new MessageDraft(
                TopicNames.SCHEDULE,
                level - 1,
                draft.flag(),
                draft.sysFlag(),
                draft.bornMillis(),
                draft.bornHost(),
                draft.reconsumeTimes(),
                draft.preparedPosition(),
                noted(draft, level),
                draft.body());
    }

    private static MessageDraft alone(List<MessageDraft> unit) {
        if (unit.size() != 1) {
            throw new IllegalArgumentException(
                    "a unit of " + unit.size() + " messages to be held back: each goes alone to its level");
        }
        return unit.get(0);
    }

    // What a message came with may name an earlier place of its own: one that is retried was held back before.
    private static String noted(MessageDraft draft, int level) {
        String properties = draft.properties();
        for (String name :
                List.of(MessageProperties.DELAY, MessageProperties.REAL_TOPIC, MessageProperties.REAL_QUEUE_ID)) {
            properties = PropertyString.remove(properties, name);
        }
        properties = PropertyString.append(properties, MessageProperties.DELAY, Integer.toString(level));
        properties = PropertyString.append(properties, MessageProperties.REAL_TOPIC, draft.topic());
        return PropertyString.append(properties, MessageProperties.REAL_QUEUE_ID, Integer.toString(draft.queueId()));
    }
}
