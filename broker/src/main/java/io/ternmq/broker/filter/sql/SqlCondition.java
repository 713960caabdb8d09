package io.ternmq.broker.filter.sql;

import io.ternmq.common.message.MessageRecord;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A condition on the properties of a message, compiled once and asked for each message. Safe for use by any thread; an
 * evaluation allocates nothing unless two threads ask at one time.
 */
public final class SqlCondition {
    private final Node root;
    private final TextTable names; // of the properties asked for
    private final int terms;
    private final AtomicReference<RecordProperties> spare = new AtomicReference<>(); // taken out while in use

    private SqlCondition(Node root, TextTable names, int terms) {
        this.root = root;
        this.names = names;
        this.terms = terms;
    }

    /** Compiles a text. Never throws for what stands in it. */
    public static SqlOutcome compile(String text) {
        if (text.length() > SqlLimits.LENGTH_MAX) {
            return new SqlOutcome.Refused(
                    SqlLimits.LENGTH_MAX + 1,
                    "the expression has " + text.length() + " characters, limit " + SqlLimits.LENGTH_MAX);
        }
        try {
            Parser parser = new Parser(text);
            Node root = parser.condition();
            return new SqlOutcome.Compiled(new SqlCondition(root, parser.names(), parser.terms()));
        } catch (RefusedText e) {
            return new SqlOutcome.Refused(e.index() + 1, e.getMessage());
        }
    }

    /** Whether the condition is true of a message; what is unknown or cannot be compared is not. */
    public boolean matches(MessageRecord record) {
        RecordProperties properties = spare.getAndSet(null);
        if (properties == null) {
            properties = new RecordProperties(names);
        }
        properties.take(record.buffer(), record.propertiesIndex(), record.propertiesBytes());
        boolean isTrue = root.evaluate(properties) == Value.TRUE;
        properties.letGo();
        spare.set(properties);
        return isTrue;
    }

    /** Names and literals in it: what an evaluation's time grows with. */
    public int terms() {
        return terms;
    }
}
