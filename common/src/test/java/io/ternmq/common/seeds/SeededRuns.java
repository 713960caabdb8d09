package io.ternmq.common.seeds;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Turns a test marked with {@link Seeds} into one run for each seed. */
final class SeededRuns implements TestTemplateInvocationContextProvider {
    private static final String ONLY_SEED = "ternmq.seed";
    private static final String LONG = "ternmq.long";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Seeds seeds = context.getRequiredTestMethod().getAnnotation(Seeds.class);
        return seedsOf(seeds).mapToObj(SeededRun::new);
    }

    private static LongStream seedsOf(Seeds seeds) {
        Long only = Long.getLong(ONLY_SEED);
        if (only != null) {
            return LongStream.of(only);
        }
        boolean isLong = Boolean.getBoolean(LONG) && seeds.countInLongRuns() > 0;
        int count = isLong ? seeds.countInLongRuns() : seeds.count();
        return LongStream.concat(Arrays.stream(seeds.cases()), new SecureRandom().longs(count));
    }

    private record SeededRun(long seed)
            implements TestTemplateInvocationContext, ParameterResolver, TestExecutionExceptionHandler {

        @Override
        public String getDisplayName(int invocationIndex) {
            return "seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        // Reports may name a run by its number alone.
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            failure.addSuppressed(
                    new AssertionError("of seed " + seed + "; again: -Dtest.jvmArgs=-Dternmq.seed=" + seed));
            throw failure;
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == long.class || type == Random.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == long.class ? seed : new Random(seed);
        }
    }
}
