package io.ternmq.broker.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.filter.sql.SqlCase.Outcome;
import io.ternmq.broker.store.Records;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of the language against our compiler; the same table runs beside official brokers in the interop tests. */
final class SqlTableTest {
    @TestFactory
    Stream<DynamicTest> everyCaseComesOutAsItSays() {
        return SqlCase.all().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.expression() + " of " + each.properties(),
                        () -> assertThat(outcome(each)).isEqualTo(each.expected())));
    }

    @Test
    void tableIsAsLongAsItIsMeantToBe() {
        assertThat(SqlCase.all()).hasSizeGreaterThan(250).doesNotHaveDuplicates();
    }

    private static Outcome outcome(SqlCase each) {
        return SqlCondition.compile(each.expression())
                .fold(
                        compiled -> compiled.condition().matches(Records.with(each.properties()))
                                ? Outcome.MATCH
                                : Outcome.NO,
                        refused -> Outcome.REFUSED);
    }
}
