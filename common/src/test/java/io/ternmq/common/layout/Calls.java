package io.ternmq.common.layout;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Tells which calls read the clock, draw random numbers or start threads: things that rooms are handed instead. */
final class Calls {
    private static final Set<String> FUTURES =
            Set.of("java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletionStage");

    // These run on a thread that the JDK keeps for all, by the system clock.
    private static final Set<String> TIMED_FUTURE_METHODS = Set.of("orTimeout", "completeOnTimeout", "delayedExecutor");

    private Calls() {}

    static DescribedPredicate<JavaAccess<?>> that(String description, Predicate<CodeUnitAccessTarget> predicate) {
        return DescribedPredicate.describe(
                description,
                access -> access.getTarget() instanceof CodeUnitAccessTarget target && predicate.test(target));
    }

    static boolean readTheClock(CodeUnitAccessTarget target) {
        return switch (target.getOwner().getName()) {
            case "java.lang.System" -> isNamed(target, "currentTimeMillis", "nanoTime");
            case "java.lang.Thread", "java.util.concurrent.TimeUnit" -> isNamed(target, "sleep");
            case "java.time.Clock" -> target.getName().startsWith("system");
            case "java.util.Date" -> isConstructor(target) && parameters(target).isEmpty();
            default -> target.getOwner().getPackageName().equals("java.time") && isNamed(target, "now");
        };
    }

    static boolean drawUnseeded(CodeUnitAccessTarget target) {
        return switch (target.getOwner().getName()) {
            case "java.lang.Math" -> isNamed(target, "random");
            case "java.util.Random", "java.util.SplittableRandom" ->
                isConstructor(target) && parameters(target).isEmpty();
            case "java.util.concurrent.ThreadLocalRandom" -> isNamed(target, "current");
            case "java.util.Collections" ->
                isNamed(target, "shuffle") && parameters(target).size() == 1;
            default -> false;
        };
    }

    static boolean startThreads(CodeUnitAccessTarget target) {
        return makesThreads(target) || makesEventLoops(target) || usesThreadsOfTheJdk(target);
    }

    private static boolean makesThreads(CodeUnitAccessTarget target) {
        return switch (target.getOwner().getName()) {
            case "java.lang.Thread" ->
                isConstructor(target) || isNamed(target, "start", "startVirtualThread", "ofPlatform", "ofVirtual");
            case "java.util.concurrent.Executors" -> true;
            case "java.util.Timer",
                    "java.util.concurrent.ForkJoinPool",
                    "java.util.concurrent.ScheduledThreadPoolExecutor",
                    "java.util.concurrent.ThreadPoolExecutor" -> isConstructor(target);
            default -> false;
        };
    }

    private static boolean makesEventLoops(CodeUnitAccessTarget target) {
        return isConstructor(target) && target.getOwner().getName().matches("io\\.netty\\..*(Group|Timer|EventLoop)");
    }

    private static boolean usesThreadsOfTheJdk(CodeUnitAccessTarget target) {
        if (FUTURES.contains(target.getOwner().getName())) {
            boolean isAsync = target.getName().endsWith("Async") && !takesExecutor(target);
            return isAsync || TIMED_FUTURE_METHODS.contains(target.getName());
        }
        return isNamed(target, "parallelStream", "commonPool");
    }

    private static boolean takesExecutor(CodeUnitAccessTarget target) {
        return parameters(target).stream().anyMatch(type -> type.getName().equals("java.util.concurrent.Executor"));
    }

    private static boolean isConstructor(CodeUnitAccessTarget target) {
        return target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME);
    }

    private static boolean isNamed(CodeUnitAccessTarget target, String... names) {
        return Set.of(names).contains(target.getName());
    }

    private static List<JavaClass> parameters(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes();
    }
}
