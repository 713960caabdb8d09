package io.ternmq.broker.filter;

import io.ternmq.broker.filter.sql.SqlCondition;
import io.ternmq.broker.store.MessageFilter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Turns subscription expressions into filters; remembers conditions that were compiled lately. Safe for any thread. */
public final class FilterCompiler {
    /** The expression type of clients that name none. */
    public static final String TAG = "TAG";

    /** The expression type of conditions on properties. */
    public static final String SQL92 = "SQL92";

    /** The expression that lets everything pass. */
    public static final String ALL = "*";

    private static final FilterOutcome EVERYTHING = new FilterOutcome.Compiled(MessageFilter.ALL);

    private final Supplier<FilterConfig> config;
    private final RecentFilters recent = new RecentFilters();

    /** @param config asked at each expression that is none of tags */
    public FilterCompiler(Supplier<FilterConfig> config) {
        this.config = config;
    }

    /**
     * Compiles the text of an expression: for {@code TAG}, tags with {@code ||} between them, or {@code *}; for
     * {@code SQL92} a condition on properties.
     *
     * @param type {@code TAG}, also when blank, or {@code SQL92}; any other type is refused
     */
    public FilterOutcome compile(String type, String expression) {
        if (isTag(type)) {
            return ofTags(expression.strip());
        } else if (!type.equals(SQL92)) {
            return refused(
                    FilterOutcome.Refusal.TYPE_NOT_SUPPORTED,
                    "The broker does not evaluate expressions of type " + type + ": expected type TAG or SQL92");
        } else if (!config.get().isByProperty()) {
            return refused(
                    FilterOutcome.Refusal.TYPE_NOT_SUPPORTED,
                    "The broker does not support consumer to filter message by SQL92: " + FilterConfig.BY_PROPERTY.key()
                            + " is off");
        }
        return recent.get(expression, FilterCompiler::ofCondition);
    }

    /**
     * Compiles what a heartbeat says of a subscription, whose client has taken the expression apart already.
     *
     * @param tagHashes Java hashes of the tags; empty for {@code *}
     */
    public FilterOutcome compile(String type, String expression, Collection<Integer> tagHashes) {
        if (tagHashes.isEmpty() || !isTag(type)) {
            return compile(type, expression);
        }
        return new FilterOutcome.Compiled(new TagFilter(tagHashes));
    }

    /** Whether messages that are delivered again are looked at with the expression of the topic they came from. */
    public boolean isKeptOnRetry() {
        return config.get().isKeptOnRetry();
    }

    /**
     * What a group wants of its own retry topic.
     *
     * @param ofRetryTopic what its subscription to the retry topic says
     * @param byTopic what it wants of a topic that messages came from: a filter of records, or one that passes all
     */
    public static MessageFilter forRetries(MessageFilter ofRetryTopic, Function<String, MessageFilter> byTopic) {
        return new OriginalTopicFilter(ofRetryTopic, byTopic);
    }

    private static FilterOutcome ofTags(String text) {
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
            return refused(
                    FilterOutcome.Refusal.MALFORMED,
                    "The expression '" + text + "' names no tag: expected * or tags like 'TagA || TagB'");
        }
        return new FilterOutcome.Compiled(new TagFilter(hashes));
    }

    private static RecentFilters.Compiled ofCondition(String expression) {
        return SqlCondition.compile(expression)
                .fold(
                        compiled -> new RecentFilters.Compiled(
                                new FilterOutcome.Compiled(new SqlFilter(compiled.condition())),
                                compiled.condition().terms()),
                        refused -> new RecentFilters.Compiled(
                                refused(
                                        FilterOutcome.Refusal.MALFORMED,
                                        "The SQL92 expression cannot be used, " + refused),
                                0));
    }

    private static FilterOutcome refused(FilterOutcome.Refusal reason, String detail) {
        return new FilterOutcome.Refused(reason, detail);
    }

    private static boolean isTag(String type) {
        return type.isBlank() || type.equals(TAG);
    }
}
