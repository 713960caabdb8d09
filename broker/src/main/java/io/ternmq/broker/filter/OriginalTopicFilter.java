package io.ternmq.broker.filter;

import io.ternmq.broker.store.MessageFilter;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.message.PropertyString;
import java.util.function.Function;

/**
 * Passes messages of a group's retry topic that meet the group's condition for the topic they came from, as their
 * property says. Messages that name none pass.
 */
final class OriginalTopicFilter implements MessageFilter {
    /** Messages looked at in one read: few, since any of them may meet the longest of conditions. */
    private static final int LOOKED_AT_MAX = 64;

    private final MessageFilter ofRetryTopic;
    private final Function<String, MessageFilter> byTopic;

    /**
     * @param ofRetryTopic what is wanted of the retry topic itself
     * @param byTopic what is wanted of an original topic; a filter of records, or one that lets everything pass
     */
    OriginalTopicFilter(MessageFilter ofRetryTopic, Function<String, MessageFilter> byTopic) {
        this.ofRetryTopic = ofRetryTopic;
        this.byTopic = byTopic;
    }

    @Override
    public boolean mayMatch(long tagsHash) {
        return ofRetryTopic.mayMatch(tagsHash);
    }

    @Override
    public boolean readsRecord() {
        return true;
    }

    @Override
    public int lookedAtMax() {
        return LOOKED_AT_MAX;
    }

    @Override
    public boolean matches(MessageRecord record) {
        return ofRetryTopic.matches(record)
                && PropertyString.find(record.properties(), MessageProperties.RETRY_TOPIC)
                        .map(byTopic)
                        .orElse(MessageFilter.ALL)
                        .matches(record);
    }
}
