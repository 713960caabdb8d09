package io.ternmq.common.work;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order to stop that a process gets by a signal: closes what the process runs, also where the order comes while that
 * is still starting, since others may know of it by then. A program's main thread listens before it starts anything.
 */
public final class StopSignal {
    private static final Logger log = LoggerFactory.getLogger(StopSignal.class);

    /** What is still starting then is left to end with the process. */
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(10);

    private final String name;
    private final Duration startWaitMax;
    private final CompletableFuture<Optional<AutoCloseable>> started = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    StopSignal(String name, Duration startWaitMax) {
        this.name = name;
        this.startWaitMax = startWaitMax;
    }

    /**
     * Listens from now on.
     *
     * @param name of what is to run, for the log
     */
    public static StopSignal listen(String name) {
        StopSignal signal = new StopSignal(name, START_WAIT_MAX);
        Runtime.getRuntime().addShutdownHook(new DaemonThreads("shutdown").newThread(signal::stop));
        return signal;
    }

    /** What is to be closed runs now. */
    public void runs(AutoCloseable running) {
        started.complete(Optional.of(running));
    }

    /** Nothing runs, nor will. Of no effect after {@link #runs}. */
    public void nothingRuns() {
        started.complete(Optional.empty());
    }

    /** Waits until the order has come and been carried out. */
    public void await() throws InterruptedException {
        stopped.await();
    }

    void stop() {
        try {
            started.get(startWaitMax.toMillis(), TimeUnit.MILLISECONDS).ifPresent(this::close);
        } catch (TimeoutException e) {
            log.warn("{} is stopped although it is still starting. waitedMillis={}", name, startWaitMax.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            stopped.countDown();
        }
    }

    private void close(AutoCloseable running) {
        log.info("{} stops.", name);
        try {
            running.close();
            log.info("{} stopped.", name);
        } catch (Exception e) { // AutoCloseable declares it; the process ends all the same
            log.error("{} did not close cleanly.", name, e);
        }
    }
}
