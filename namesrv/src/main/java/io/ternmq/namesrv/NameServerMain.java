package io.ternmq.namesrv;

import io.ternmq.common.config.ConfigFile;
import io.ternmq.common.config.DeclaredSettings;
import io.ternmq.common.config.EnvironmentSettings;
import io.ternmq.common.config.KnownKeys;
import io.ternmq.common.config.PropertiesText;
import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import io.ternmq.common.config.StartFlags;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.StopSignal;
import io.ternmq.remoting.transport.OwnProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a name server as a process of its own, until it is told to stop by a signal. */
public final class NameServerMain {
    private static final Logger log = LoggerFactory.getLogger(NameServerMain.class);

    private static final String USAGE = """
            Usage: mqnamesrv [-c file] [-p] [--help]
              -c file   read settings from a file of key=value lines
              -p        print all settings and exit
              --help    print this and exit
            Variables TERNMQ_NAMESRV_KEY, as TERNMQ_NAMESRV_LISTEN_PORT, are settings too; a file is stronger.
            """;
    private static final String VARIABLES = "TERNMQ_NAMESRV_";

    private final PrintStream out;
    private final PrintStream err;
    private final long beganNanos = Clock.system().monotonicNanos();

    NameServerMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) throws InterruptedException {
        OwnProcess.prepare();
        NameServerMain main = new NameServerMain(System.out, System.err);
        StopSignal stop = StopSignal.listen("Name server");
        Optional<String> failure = main.run(arguments, stop);
        if (failure.isPresent()) {
            main.err.println("Name server not started: " + failure.get());
            System.exit(1);
        }
    }

    /** Why it did not start; empty once it has been stopped. */
    private Optional<String> run(String[] arguments, StopSignal stop) throws InterruptedException {
        try {
            Optional<NameServer> server = start(arguments);
            if (server.isPresent()) {
                stop.runs(server.get());
                stop.await(); // all other threads are daemons
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | SettingException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            stop.nothingRuns();
        }
    }

    /**
     * Does what the command line says.
     *
     * @return the server, unless only something was to be printed
     * @throws IOException if the file cannot be read or the server cannot listen
     * @throws IllegalArgumentException if the command line is not valid
     * @throws SettingException if a value is not valid
     */
    Optional<NameServer> start(String... arguments) throws IOException {
        StartFlags flags = StartFlags.parse(arguments);
        if (flags.wantsHelp()) {
            out.print(USAGE);
            return Optional.empty();
        }
        Settings settings = settings(flags, System.getenv());
        DeclaredSettings declared = NameServerConfig.settings();
        new KnownKeys(declared.keys(), OfficialKeys.WITHOUT_EFFECT).report(settings, log);
        NameServerConfig config = config(settings);
        if (flags.printsSettings()) {
            out.print(PropertiesText.print(declared.texts(settings)));
            return Optional.empty();
        }
        NameServer server = NameServer.start(config);
        out.println("TernMQ name server is ready on " + config.server().host() + ":" + server.port() + ", started in "
                + millisSinceBegin() + " ms");
        return Optional.of(server);
    }

    static Settings settings(StartFlags flags, Map<String, String> environment) throws IOException {
        Settings weakest =
                EnvironmentSettings.read(VARIABLES, NameServerConfig.settings().keys(), environment);
        if (flags.configFile().isEmpty()) {
            return weakest;
        }
        Path file = flags.configFile().get();
        return NameServerConfig.startedWith(file, weakest.with(ConfigFile.read(file)));
    }

    private static NameServerConfig config(Settings settings) {
        try {
            return NameServerConfig.from(settings);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("Path " + e.getInput() + " is not valid: " + e.getReason(), e);
        }
    }

    // Not since the process began: the system tells that by a clock that may be off by a good part of a start.
    private long millisSinceBegin() {
        return TimeUnit.NANOSECONDS.toMillis(Clock.system().monotonicNanos() - beganNanos);
    }
}
