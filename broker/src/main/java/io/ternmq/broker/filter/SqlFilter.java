package io.ternmq.broker.filter;

import io.ternmq.broker.filter.sql.SqlCondition;
import io.ternmq.broker.store.MessageFilter;
import io.ternmq.common.message.MessageRecord;

/** Passes messages whose properties meet a condition. The queue entry says nothing of them, so each record is read. */
final class SqlFilter implements MessageFilter {
    /** Names and literals looked at in one read, about: 1024 messages with a short condition, 31 with the longest. */
    private static final int WORK_MAX = 32 * 1024;

    private static final int WORK_FOR_A_RECORD = 31;

    private final SqlCondition condition;

    SqlFilter(SqlCondition condition) {
        this.condition = condition;
    }

    @Override
    public boolean readsRecord() {
        return true;
    }

    @Override
    public boolean matches(MessageRecord record) {
        return condition.matches(record);
    }

    @Override
    public int lookedAtMax() {
        return WORK_MAX / (WORK_FOR_A_RECORD + condition.terms());
    }
}
