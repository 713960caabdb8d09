package io.ternmq.common.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientPoolTest {
    private static final int THREADS = 3;

    private final PatientPool pool = new PatientPool("patient", THREADS, Runnable::run);

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void everyTaskRunsOnceWhoeverHandsThemIn() throws InterruptedException {
        int tasks = 50_000;
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(2 * tasks);
        Runnable handIn = () -> {
            for (int task = 0; task < tasks; task++) {
                pool.execute(() -> {
                    runs.incrementAndGet();
                    all.countDown();
                });
            }
        };
        Thread other = new Thread(handIn);

        other.start();
        handIn.run();

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(runs).hasValue(2 * tasks);
        other.join();
    }

    @Test
    void taskThatBlocksDoesNotHoldUpTheOthersWhetherTheyCameBeforeOrAfter() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(THREADS - 1);
        CountDownLatch others = new CountDownLatch(10);

        for (int task = 0; task < THREADS - 1; task++) {
            pool.execute(() -> {
                blocked.countDown();
                awaitQuietly(release);
            });
        }
        assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
        for (int task = 0; task < 10; task++) {
            pool.execute(others::countDown);
        }

        assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void thereAreNeverMoreThreadsThanMayBe() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(THREADS);
        CountDownLatch all = new CountDownLatch(100);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();

        for (int task = 0; task < 100; task++) {
            pool.execute(() -> {
                seen.add(Thread.currentThread());
                blocked.countDown();
                awaitQuietly(release);
                all.countDown();
            });
        }

        assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(THREADS);
    }

    @Test
    void tasksThatComeTogetherWakeOnceWhenThatIsSaid() throws InterruptedException {
        List<Runnable> planned = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(10);
        try (PatientPool later = new PatientPool("later", THREADS, planned::add)) {
            for (int task = 0; task < 10; task++) {
                later.execute(all::countDown);
            }

            assertThat(planned).hasSize(1);
            assertThat(all.getCount()).isEqualTo(10);
            planned.remove(0).run();
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();

            later.execute(() -> {});
            assertThat(planned).hasSize(1);
        }
    }

    @Test
    void closingRunsWhatNobodyHasBeenWokenForYet() {
        AtomicInteger runs = new AtomicInteger();
        PatientPool later = new PatientPool("later", THREADS, wake -> {});
        later.execute(runs::incrementAndGet);

        later.close();

        assertThat(runs).hasValue(1);
    }

    @Test
    void noWakeIsLostHoweverLateAndOnWhicheverThreadOthersWake() throws InterruptedException {
        int bursts = 20_000;
        BlockingQueue<Runnable> planned = new LinkedBlockingQueue<>();
        Thread waker = new Thread(() -> runAll(planned));
        waker.setDaemon(true);
        waker.start();
        try (PatientPool later = new PatientPool("later", THREADS, planned::add)) {
            for (int burst = 0; burst < bursts; burst++) {
                int tasks = 1 + burst % 3;
                CountDownLatch all = new CountDownLatch(tasks);
                for (int task = 0; task < tasks; task++) {
                    later.execute(all::countDown);
                }
                // Nothing is handed in meanwhile that could wake for it.
                assertThat(all.await(30, TimeUnit.SECONDS))
                        .as("burst %d", burst)
                        .isTrue();
            }
        } finally {
            waker.interrupt();
            waker.join();
        }
    }

    @Test
    void tasksRunAtOnceIfNobodyIsThereToWakeLater() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(2);
        try (PatientPool refused = new PatientPool("refused", THREADS, wake -> {
            throw new IllegalStateException("refused by the test");
        })) {
            for (int task = 0; task < 2; task++) {
                assertThatThrownBy(() -> refused.execute(all::countDown)).hasMessage("refused by the test");
            }

            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void taskThatThrowsDoesNotEndTheThread() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);

        pool.execute(() -> {
            throw new IllegalStateException("thrown by the test");
        });
        pool.execute(next::countDown);

        assertThat(next.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stoppedPoolBeginsNothingMore() {
        AtomicInteger runs = new AtomicInteger();

        pool.stop();
        pool.execute(runs::incrementAndGet);
        pool.close();

        assertThat(runs).hasValue(0);
    }

    private static void runAll(BlockingQueue<Runnable> planned) {
        try {
            while (true) {
                planned.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
