package io.ternmq.embedded;

import io.ternmq.broker.BrokerConfig;
import io.ternmq.broker.KeysWithoutEffect;
import io.ternmq.broker.store.StoreException;
import io.ternmq.common.config.ConfigFile;
import io.ternmq.common.config.EnvironmentSettings;
import io.ternmq.common.config.KnownKeys;
import io.ternmq.common.config.PropertiesText;
import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import io.ternmq.common.config.StartFlags;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.StopSignal;
import io.ternmq.namesrv.NameServerConfig;
import io.ternmq.remoting.client.ClientConfig;
import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.transport.OwnProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a name server and a broker in one process until it is told to stop, or checks a cluster that runs. Exit codes: 0
 * after a stop, 1 if they could not start or a broker was not reached, 2 for a command line that is not understood; both with one line on the error stream that says why.
 */
public final class LocalClusterMain {
    private static final Logger log = LoggerFactory.getLogger(LocalClusterMain.class);
    private static final String CHECK = "check";
    private static final int NOT_STARTED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private static final String USAGE = """
            Usage: mqlocal [-c FILE] [-n HOST:PORT] [-p] [--help]
                   mqlocal check [-n HOST:PORT]
              check              say whether the brokers of a running cluster can be reached from here, and exit
              -c, --configFile   file of settings for the broker, key=value
              -n, --namesrvAddr  where the name server listens (default 127.0.0.1:9876)
              -p                 print the settings in force and exit
              -h, --help         print this and exit
            Variables TERNMQ_BROKER_KEY and TERNMQ_NAMESRV_KEY are settings too; a file is stronger.""";

    private LocalClusterMain() {}

    public static void main(String[] commandLine) {
        OwnProcess.prepare();
        boolean isCheck = commandLine.length > 0 && commandLine[0].equals(CHECK);
        String[] arguments = isCheck ? Arrays.copyOfRange(commandLine, 1, commandLine.length) : commandLine;
        Clock clock = Clock.system();
        long startNanos = clock.monotonicNanos();
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
        if (isCheck) {
            System.exit(check(flags.nameServers().orElse(LocalServers.DEFAULT_ADDRESS)) ? 0 : NOT_STARTED);
        }
        StopSignal stop = StopSignal.listen("Local cluster");
        Optional<String> failure = run(flags, stop, clock, startNanos);
        if (failure.isPresent()) {
            fail(NOT_STARTED, failure.get());
        }
    }

    /** Why they did not start; empty once they have been stopped. */
    private static Optional<String> run(StartFlags flags, StopSignal stop, Clock clock, long startNanos) {
        try {
            Settings settings = settings(flags);
            if (flags.printsSettings()) {
                Settings all = LocalServers.withDefaults(settings);
                System.out.print(PropertiesText.print(BrokerConfig.from(all).describe()));
                return Optional.empty();
            }
            Settings ofNameServer = EnvironmentSettings.read(
                    "TERNMQ_NAMESRV_", NameServerConfig.settings().keys(), System.getenv());
            new KnownKeys(BrokerConfig.DECLARED.keys(), KeysWithoutEffect.read()).report(settings, log);
            LocalServers servers = LocalServers.start(settings, ofNameServer);
            stop.runs(servers);
            log.info(
                    "Local cluster is ready: name server at {}, broker at {}, after {} ms",
                    servers.nameServerAddress(),
                    servers.brokerAddress(),
                    Duration.ofNanos(clock.monotonicNanos() - startNanos).toMillis());
            stop.await(); // all other threads are daemons
            return Optional.empty();
        } catch (SettingException | StoreException | IOException e) {
            log.debug("Local cluster not started.", e); // for whoever wants to see the place; what is told says it all
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException e) { // a bug of ours: whoever runs it still gets a line, and the trace is logged
            log.error("Local cluster not started.", e);
            return Optional.of("unexpected " + e);
        } finally {
            stop.nothingRuns();
        }
    }

    private static boolean check(String nameServer) {
        try (RemotingClient client = new RemotingClient(ClientConfig.defaults(), RequestRouter.none())) {
            return new ReachCheck(client, System.out).run(nameServer);
        } catch (IllegalArgumentException e) { // no host:port
            System.err.println(e.getMessage());
            return false;
        }
    }

    private static Settings settings(StartFlags flags) throws IOException {
        Settings variables = EnvironmentSettings.read("TERNMQ_BROKER_", BrokerConfig.DECLARED.keys(), System.getenv());
        Settings read = flags.configFile().isPresent()
                ? variables.with(ConfigFile.read(flags.configFile().get()))
                : variables;
        return flags.nameServers()
                .map(address -> read.with("namesrvAddr", address))
                .orElse(read);
    }

    private static void fail(int exitCode, String reason) {
        System.err.println("Local cluster cannot start: " + reason);
        System.err.flush();
        System.exit(exitCode);
    }
}
