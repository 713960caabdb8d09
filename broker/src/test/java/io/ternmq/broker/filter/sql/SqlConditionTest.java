package io.ternmq.broker.filter.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ternmq.broker.store.Records;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.seeds.Seeds;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlConditionTest {
    private static final List<String> VALUES = List.of(
            "x",
            "abc",
            "1",
            "1.5",
            "2",
            "10",
            "-1",
            "true",
            "TRUE",
            "it's",
            "中文",
            "0.5",
            " 1",
            "1e2",
            "NaN",
            "+1",
            "9007199254740993",
            "１",
            "-0");
    private static final String NUMBER_CHARACTERS = "0123456789".repeat(4) + ".+-eE x１";
    private static final String WORDS =
            "a|b|=|<>|<|>=|(|)|,|+|-|--|/*|*/|'x'|'|''|\"|1|1.5|0x1|1e|.|AND|OR|NOT|BETWEEN|IN|IS|NULL|TRUE|CONTAINS|"
                    + "LIKE|!|#|;| |\n|é|\u0000|\ud800|99999999999999999999|1e999|$";

    @Seeds(count = 10, countInLongRuns = 1_000)
    void compiledTreeAgreesWithThePlainMeaning(Random random) {
        for (int i = 0; i < 300; i++) {
            NaiveExpression naive = NaiveExpression.condition(random, 3);
            SqlCondition condition = compiled(naive.text());
            for (int message = 0; message < 4; message++) {
                Map<String, String> properties = properties(random);
                assertThat(condition.matches(Records.with(properties)))
                        .as("%s of %s", naive.text(), properties)
                        .isEqualTo(naive.isTrueOf(properties));
            }
        }
    }

    @Seeds(count = 10, countInLongRuns = 1_000)
    void garbageIsRefusedWithAPlaceAndNeverThrows(Random random) {
        String[] words = WORDS.split("\\|", -1);
        MessageRecord record = Records.with(properties(random));
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = random.nextInt(12); word >= 0; word--) {
                text.append(
                                random.nextInt(20) == 0
                                        ? (char) random.nextInt(0x10000)
                                        : words[random.nextInt(words.length)])
                        .append(random.nextInt(3) == 0 ? "" : " ");
            }
            SqlCondition.compile(text.toString())
                    .fold(compiled -> compiled.condition().matches(record), refused -> {
                        assertThat(refused.position()).as(text.toString()).isBetween(1, text.length() + 1);
                        assertThat(refused.reason()).isNotBlank().hasSizeLessThan(200);
                        assertThat(refused.reason().chars()).noneMatch(Character::isISOControl);
                        return false;
                    });
        }
    }

    @Seeds(count = 10)
    void numbersAreReadAsJavaReadsThem(Random random) {
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(22); length >= 0; length--) {
                text.append(NUMBER_CHARACTERS.charAt(random.nextInt(NUMBER_CHARACTERS.length())));
            }
            MessageRecord record = Records.with(Map.of("a", text.toString()));

            assertThat(compiled("a >= -9223372036854775807 OR a < 0").matches(record))
                    .as(text.toString())
                    .isEqualTo(isWhole(text.toString()));
            assertThat(compiled("a >= 0.0 OR a < 0.0").matches(record))
                    .as(text.toString())
                    .isEqualTo(isDecimal(text.toString()));
            if (isDecimal(text.toString())) {
                double number = Double.parseDouble(text.toString());
                if (number > 0 && !Double.isInfinite(number)) {
                    assertThat(compiled("a = " + number).matches(record))
                            .as(text.toString())
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = | 4 | expected a name, a text in single quotes, a number, TRUE, FALSE, NULL, NOT or (, found the end",
                "a != 1 | 3 | not equal is written <>",
                "a == 1 | 4 | found =",
                "a = \"x\" | 5 | texts stand in single quotes",
                "a = 'x | 5 | no closing quote",
                "a = NULL | 3 | write IS NULL",
                "a > 'x' | 3 | > compares numbers and properties",
                "a = 1) | 6 | expected AND, OR or the end, found )",
                "name LIKE 'x%' | 6 | CONTAINS, STARTSWITH and ENDSWITH",
                "a = 1 AND 5 | 11 | a condition is expected here, not 5 alone",
                "a = 99999999999999999999 | 5 | beyond the whole numbers of 64 bits",
                "a BETWEEN 5 AND 1 | 3 | the lesser value first",
                "a IN ('x', 5) | 12 | expected a text in single quotes, found 5",
                "a = 007 | 5 | does not begin with 0",
                "a = 1 /* x | 7 | no end",
            })
    void refusalSaysWhereAndWhy(String expression, int position, String reason) {
        SqlOutcome.Refused refused = refused(expression);

        assertThat(refused.position()).isEqualTo(position);
        assertThat(refused.reason()).contains(reason);
    }

    @Test
    void longerTextThanTheLimitIsRefusedUnread() {
        String atLimit = "a = '" + "x".repeat(SqlLimits.LENGTH_MAX - 6) + "'";

        assertThat(compiled(atLimit).terms()).isEqualTo(2);
        assertThat(refused(atLimit + " ").reason()).contains("16385 characters, limit 16384");
    }

    @Test
    void deeperNestingThanTheLimitIsRefused() {
        String atLimit = "(".repeat(SqlLimits.NESTING_MAX - 1) + "a = 1" + ")".repeat(SqlLimits.NESTING_MAX - 1);

        assertThat(compiled(atLimit).matches(Records.with(Map.of("a", "1")))).isTrue();
        assertThat(refused("(" + atLimit + ")").reason()).contains("nested more than 128 deep");
        assertThat(refused("(".repeat(SqlLimits.LENGTH_MAX)).reason()).contains("nested");
        assertThat(refused("NOT ".repeat(SqlLimits.LENGTH_MAX / 4)).reason()).contains("nested");
        assertThat(refused("a = " + "-".repeat(1_000) + "1").reason()).contains("nested");
    }

    @Test
    void deeperTreesThanTheLimitAreRefused() {
        assertThat(compiled("a" + " IS NULL".repeat(SqlLimits.DEPTH_MAX - 1)).matches(Records.with(Map.of())))
                .isFalse();
        assertThat(refused("a" + " IS NULL".repeat(SqlLimits.DEPTH_MAX)).reason())
                .contains("512 levels");
        assertThat(refused("a" + " CONTAINS 'x'".repeat(SqlLimits.DEPTH_MAX)).reason())
                .contains("512 levels");
        assertThat(refused("a" + " = b".repeat(SqlLimits.DEPTH_MAX)).reason()).contains("512 levels");
    }

    @Test
    void moreTermsThanTheLimitAreRefused() {
        String atLimit = "a = 1" + " OR a = 1".repeat(SqlLimits.TERMS_MAX / 2 - 1);
        String list = "a IN ('x'" + ",'x'".repeat(SqlLimits.TERMS_MAX - 2) + ")";

        assertThat(compiled(atLimit).matches(Records.with(Map.of("a", "1")))).isTrue();
        assertThat(refused(atLimit + " OR a = 1").reason()).contains("more than 1024 names");
        assertThat(compiled(list).matches(Records.with(Map.of("a", "x")))).isTrue();
        assertThat(refused(list.replace(")", ",'x')")).reason()).contains("more than 1024 names");
    }

    @Test
    void propertiesAreReadFromTheRecordAsEverybodyReadsThem() {
        SqlCondition condition = compiled("a = '1' AND b = '2'");

        assertThat(condition.matches(Records.of("a\u00011\u0002b\u00012"))).isTrue(); // the last end may be missing
        assertThat(condition.matches(Records.of("a\u00019\u0002a\u00011\u0002b\u00012\u0002")))
                .isTrue(); // the last of one name counts
        assertThat(condition.matches(Records.of("a\u0001\u0002b\u00012\u0002"))).isFalse(); // no value is no property
        assertThat(condition.matches(Records.of("a\u0002b\u00012\u0002"))).isFalse();
        assertThat(condition.matches(Records.of(""))).isFalse();
        assertThat(compiled("a = '1'").matches(Records.of(""))).isFalse(); // the body has an a, too
    }

    @Test
    void evaluationAllocatesNothing() {
        SqlCondition condition = compiled(
                "a > 1 AND b IN ('x', 'y') AND c CONTAINS 'bc' AND (d = TRUE OR e BETWEEN 0.5 AND 9.5) AND f IS NULL");
        MessageRecord record =
                Records.with(Map.of("a", "12", "b", "y", "c", "abcd", "d", "false", "e", "3.25", "other", "z"));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int count = 10_000;
        IntStream.range(0, count).forEach(i -> assertTrueOf(condition, record));

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < count; i++) {
            condition.matches(record);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(bytes / count).isZero();
    }

    @Test
    void oneConditionMayBeAskedByManyThreads() {
        SqlCondition condition = compiled("a = 1 AND b = 'x'");

        long matches = IntStream.range(0, 20_000)
                .parallel()
                .filter(i -> condition.matches(Records.with(Map.of("a", Integer.toString(i % 2), "b", "x"))))
                .count();

        assertThat(matches).isEqualTo(10_000);
    }

    private static void assertTrueOf(SqlCondition condition, MessageRecord record) {
        if (!condition.matches(record)) {
            throw new AssertionError("does not match");
        }
    }

    private static Map<String, String> properties(Random random) {
        Map<String, String> properties = new HashMap<>();
        for (String name : NaiveExpression.NAMES) {
            if (!name.equals("absent") && random.nextInt(5) != 0) {
                properties.put(name, VALUES.get(random.nextInt(VALUES.size())));
            }
        }
        return properties;
    }

    private static boolean isWhole(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDecimal(String text) {
        try {
            return !Double.isNaN(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static SqlCondition compiled(String text) {
        return SqlCondition.compile(text).fold(SqlOutcome.Compiled::condition, refused -> {
            throw new AssertionError(text + " refused " + refused);
        });
    }

    private static SqlOutcome.Refused refused(String text) {
        return SqlCondition.compile(text)
                .fold(
                        compiled -> {
                            throw new AssertionError(text + " compiled");
                        },
                        refused -> refused);
    }
}
