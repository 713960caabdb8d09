package io.ternmq.common.seeds;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is run once for each of some seeds, and whose parameter of type {@code long} or {@link java.util.Random}
 * is that seed. Every run of the build draws new seeds; each is part of its test's name, so a failure names it. To run
 * that one again: {@code -Dtest.jvmArgs=-Dternmq.seed=N}. A seed that failed once stays as one of {@link #cases}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededRuns.class)
public @interface Seeds {

    /** How many new seeds to draw. */
    int count() default 10;

    /** How many in long runs, where the system property {@code ternmq.long} is true; 0 for as many as in others. */
    int countInLongRuns() default 0;

    /** Seeds to run in any case. */
    long[] cases() default {};
}
