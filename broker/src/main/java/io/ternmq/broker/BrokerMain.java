package io.ternmq.broker;

import io.ternmq.broker.store.StoreException;
import io.ternmq.common.config.KnownKeys;
import io.ternmq.common.config.PropertiesText;
import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.StartFlags;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.StopSignal;
import io.ternmq.remoting.transport.OwnProcess;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one broker in a process of its own until it is told to stop. Exit codes: 0 after a stop, 1 if the broker could
 * not start, 2 for a command line that is not understood; the last two with one line on the error stream that says why.
 */
public final class BrokerMain {
    private static final Logger log = LoggerFactory.getLogger(BrokerMain.class);
    private static final int NOT_STARTED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private static final String USAGE = """
            Usage: mqbroker [-n HOST:PORT[;HOST:PORT...]] [-c FILE] [-p] [--help]
              -n, --namesrvAddr  name servers to register with (else namesrvAddr of the file, else $NAMESRV_ADDR)
              -c, --configFile   file of settings, key=value; changes made while the broker runs are saved there
              -p                 print the settings in force and exit
              -h, --help         print this and exit
            Variables TERNMQ_BROKER_KEY, as TERNMQ_BROKER_FLUSH_DISK_TYPE, are settings too; a file is stronger.""";

    private BrokerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        OwnProcess.prepare();
        long beganNanos = Clock.system().monotonicNanos();
        StartFlags flags;
        try {
            flags = StartFlags.parse(arguments);
        } catch (IllegalArgumentException e) {
            fail(NOT_UNDERSTOOD, e.getMessage());
            return;
        }
        if (flags.wantsHelp()) {
            System.out.println(USAGE);
            return;
        }
        StopSignal stop = StopSignal.listen("Broker");
        Optional<String> failure = run(flags, stop, beganNanos);
        if (failure.isPresent()) {
            fail(NOT_STARTED, failure.get());
        }
    }

    /** Why it did not start; empty once it has been stopped. */
    private static Optional<String> run(StartFlags flags, StopSignal stop, long beganNanos)
            throws InterruptedException {
        try {
            Optional<Broker> broker = start(flags, beganNanos);
            if (broker.isPresent()) {
                stop.runs(broker.get());
                stop.await(); // all other threads are daemons
            }
            return Optional.empty();
        } catch (SettingException | StoreException | IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InvalidPathException e) {
            return Optional.of("Path " + e.getInput() + " is not valid: " + e.getReason());
        } catch (RuntimeException e) { // a bug of ours: whoever runs it still gets a line, and the trace is logged
            log.error("Broker not started.", e);
            return Optional.of("unexpected " + e);
        } finally {
            stop.nothingRuns();
        }
    }

    /** Empty if only something was to be printed. */
    private static Optional<Broker> start(StartFlags flags, long beganNanos) throws IOException {
        StartSettings start = StartSettings.read(flags, System.getenv());
        BrokerConfig config = BrokerConfig.from(start.settings());
        if (flags.printsSettings()) {
            System.out.print(PropertiesText.print(config.describe()));
            return Optional.empty();
        }
        new KnownKeys(BrokerConfig.DECLARED.keys(), KeysWithoutEffect.read()).report(start.settings(), log);
        Broker broker = Broker.start(config, start.file(), Clock.system());
        System.out.println("TernMQ broker " + config.identity().name() + " is ready on " + broker.address()
                + ", started in " + millisSince(beganNanos) + " ms");
        return Optional.of(broker);
    }

    // Not since the process began: the system tells that by a clock that may be off by a good part of a start.
    private static long millisSince(long beganNanos) {
        return TimeUnit.NANOSECONDS.toMillis(Clock.system().monotonicNanos() - beganNanos);
    }

    private static void fail(int exitCode, String reason) {
        System.err.println("Broker not started: " + reason);
        System.err.flush();
        System.exit(exitCode);
    }
}
