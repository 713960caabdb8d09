package io.ternmq.broker.filter;

import io.ternmq.broker.store.MessageFilter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Turns subscription expressions into filters. Stateless; safe for use by any thread. */
public final class FilterCompiler {
    /** The expression type of clients that name none. */
    public static final String TAG = "TAG";

    /** The expression that lets everything pass. */
    public static final String ALL = "*";

    private static final FilterOutcome EVERYTHING = new FilterOutcome.Compiled(MessageFilter.ALL);

    private FilterCompiler() {}

    /**
     * Compiles the text of an expression: for {@code TAG}, tags with {@code ||} between them, or {@code *}.
     *
     * @param type {@code TAG}, also when blank; any other type is refused
     */
    public static FilterOutcome compile(String type, String expression) {
        if (!isTag(type)) {
            return refusedType(type);
        }
        String text = expression.strip();
        if (text.isEmpty() || text.equals(ALL)) {
            return EVERYTHING;
        }
        Set<Integer> hashes = new LinkedHashSet<>();
        for (String tag : text.split("\\|\\|", -1)) {
            if (!tag.isBlank()) {
                hashes.add(tag.strip().hashCode());
            }
        }
        if (hashes.isEmpty()) {
            return new FilterOutcome.Refused(
                    FilterOutcome.Refusal.MALFORMED,
                    "The expression '" + text + "' names no tag: expected * or tags like 'TagA || TagB'");
        }
        return new FilterOutcome.Compiled(new TagFilter(hashes));
    }

    /**
     * Compiles what a heartbeat says of a subscription, whose client has taken the expression apart already.
     *
     * @param tagHashes Java hashes of the tags; empty for {@code *}
     */
    public static FilterOutcome compile(String type, String expression, Collection<Integer> tagHashes) {
        if (tagHashes.isEmpty() || !isTag(type)) {
            return compile(type, expression);
        }
        return new FilterOutcome.Compiled(new TagFilter(tagHashes));
    }

    private static boolean isTag(String type) {
        return type.isBlank() || type.equals(TAG);
    }

    private static FilterOutcome refusedType(String type) {
        return new FilterOutcome.Refused(
                FilterOutcome.Refusal.TYPE_NOT_SUPPORTED,
                "The broker does not evaluate expressions of type " + type + ": expected type " + TAG);
    }
}
