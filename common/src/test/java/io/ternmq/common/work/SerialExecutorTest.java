package io.ternmq.common.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class SerialExecutorTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final SerialExecutor executor = new SerialExecutor(threads::add, 2);

    @Test
    void tasksRunInOrderOnOneThreadAtATime() {
        executor.execute(() -> done.add("a"));
        executor.execute(() -> done.add("b"));
        assertThat(threads).hasSize(1);

        threads.remove().run();

        assertThat(done).containsExactly("a", "b");
        executor.execute(() -> done.add("c"));
        threads.remove().run();
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void taskThatIsHandedInByAnotherRunsAfterIt() {
        executor.execute(() -> {
            executor.execute(() -> done.add("inner"));
            done.add("outer");
        });

        threads.remove().run();

        assertThat(done).containsExactly("outer", "inner");
    }

    @Test
    void failureDoesNotKeepTheNextFromRunning() {
        executor.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        executor.execute(() -> done.add("b"));

        threads.remove().run();

        assertThat(done).containsExactly("b");
    }

    @Test
    void moreThanTheLimitIsRefused() {
        executor.execute(() -> done.add("running"));
        executor.execute(() -> done.add("a"));
        executor.execute(() -> done.add("b"));

        assertThatThrownBy(() -> executor.execute(() -> done.add("c"))).isInstanceOf(RejectedExecutionException.class);

        threads.remove().run();
        assertThat(done).containsExactly("running", "a", "b");
    }

    @Test
    void refusalOfTheExecutorBeneathLeavesNothingBehind() {
        SerialExecutor refused = new SerialExecutor(
                task -> {
                    if (threads.isEmpty()) {
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                },
                2);
        assertThatThrownBy(() -> refused.execute(() -> done.add("a"))).isInstanceOf(RejectedExecutionException.class);

        threads.add(() -> {}); // room again
        refused.execute(() -> done.add("b"));

        assertThat(done).containsExactly("b");
    }
}
