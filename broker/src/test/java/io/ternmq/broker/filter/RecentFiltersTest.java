package io.ternmq.broker.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.MessageFilter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecentFiltersTest {
    private static final FilterOutcome OUTCOME = new FilterOutcome.Compiled(MessageFilter.ALL);

    private final RecentFilters recent = new RecentFilters();
    private final List<String> compiled = new ArrayList<>();

    @Test
    void expressionIsCompiledOnce() {
        get("a", 1);
        get("a", 1);

        assertThat(compiled).containsExactly("a");
    }

    @Test
    void whatIsKeptHasALimitAndWhatIsAskedForStays() {
        int terms = 1024;
        int fitting = RecentFilters.WEIGHT_MAX / (terms * 128);

        for (int i = 0; i < 20 * fitting; i++) {
            get("once " + i, terms);
            get("always", 1);
        }

        assertThat(recent.kept()).isLessThanOrEqualTo(2 * fitting + 2);
        assertThat(compiled).hasSize(20 * fitting + 1);
    }

    private void get(String expression, int terms) {
        recent.get(expression, text -> {
            compiled.add(text);
            return new RecentFilters.Compiled(OUTCOME, terms);
        });
    }
}
