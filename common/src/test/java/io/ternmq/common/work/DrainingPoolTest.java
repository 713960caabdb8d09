package io.ternmq.common.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainingPoolTest {
    private final DrainingPool pool = new DrainingPool("draining", 2);

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void everyTaskRunsOnceWhoeverHandsThemIn() throws InterruptedException {
        int tasks = 100_000;
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(tasks);

        for (int task = 0; task < tasks; task++) {
            pool.execute(() -> {
                runs.incrementAndGet();
                all.countDown();
            });
        }

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(tasks);
    }

    @Test
    void taskThatBlocksDoesNotHoldUpTheOthers() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(10);

        pool.execute(() -> awaitQuietly(release));
        for (int task = 0; task < 10; task++) {
            pool.execute(others::countDown);
        }

        assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void resizedPoolRunsAsManyTasksAtOnceAsItIsNowToldTo() throws InterruptedException {
        CountDownLatch threeInside = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        for (int task = 0; task < 3; task++) {
            pool.execute(() -> {
                threeInside.countDown();
                awaitQuietly(release);
            });
        }

        pool.resize(3);

        assertThat(threeInside.await(10, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void poolMadeSmallerRunsFewerTasksAtOnceAndForgetsNone() throws InterruptedException {
        CountDownLatch twoInside = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1_000);
        for (int task = 0; task < 2; task++) {
            pool.execute(() -> {
                twoInside.countDown();
                awaitQuietly(release);
            });
        }
        assertThat(twoInside.await(10, TimeUnit.SECONDS)).isTrue();

        pool.resize(1);
        for (int task = 0; task < 1_000; task++) {
            pool.execute(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                all.countDown();
            });
        }
        boolean hasWaiting = pool.hasWaiting();
        release.countDown();

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(hasWaiting).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void taskThatThrowsDoesNotEndTheThread() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);

        pool.execute(() -> {
            throw new IllegalStateException("thrown by the test");
        });
        pool.execute(next::countDown);

        assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stoppedPoolBeginsNothingMore() {
        AtomicInteger runs = new AtomicInteger();

        pool.stop();
        pool.execute(runs::incrementAndGet);
        pool.close();

        assertThat(runs).hasValue(0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
