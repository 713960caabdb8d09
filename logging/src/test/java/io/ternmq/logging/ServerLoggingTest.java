package io.ternmq.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class ServerLoggingTest {
    private static final Path EXAMPLE = Path.of("../distribution/src/main/dist/conf/logback-example.xml");

    @TempDir
    private Path directory;

    private final LoggerContext context = new LoggerContext();
    private final Map<String, String> before = new TreeMap<>(System.getProperties().stringPropertyNames().stream()
            .filter(ServerLoggingTest::isOurs)
            .collect(Collectors.toMap(key -> key, System::getProperty)));

    @AfterEach
    void stop() {
        context.stop();
        List.of(ServerLogging.NAME, ServerLogging.DIRECTORY, ClassicConstants.CONFIG_FILE_PROPERTY)
                .forEach(System::clearProperty);
        before.forEach(System::setProperty);
    }

    @Test
    void logbackFindsIt() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(ServerLogging.class);
    }

    @Test
    void whatIsLoggedComesToTheFileOfTheServer() throws IOException {
        assertThat(configured("broker", directory.toString())).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);

        context.setMDCAdapter(new LogbackMDCAdapter()); // as logback does for the context of a process
        Logger logger = context.getLogger("io.ternmq.SomeRoom");
        logger.info("Queue made. queue={}", 7);
        logger.debug("not asked for");
        context.stop();

        assertThat(Files.readString(directory.resolve("broker.log")))
                .containsPattern("INFO  \\[[^]]+] io\\.ternmq\\.SomeRoom - Queue made\\. queue=7\\R")
                .doesNotContain("not asked for");
    }

    @Test
    void withoutADirectoryTheConsoleIsAll() {
        assertThat(configured("broker", "")).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);

        assertThat(appenders(context)).extracting(Appender::getName).containsExactly("console");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anotherConfigurationThatIsNamedStands() {
        System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, EXAMPLE.toString());

        assertThat(configured("broker", directory.toString())).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(appenders(context)).isEmpty();
    }

    @Test
    void whoEmbedsAServerKeepsTheirOwn() {
        assertThat(new ServerLogging().configure(context)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        assertThat(appenders(context)).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenIsTold() throws IOException {
        Path file = Files.createFile(directory.resolve("in the way"));

        configured("broker", file.toString());

        assertThat(context.getStatusManager().getCopyOfStatusList())
                .filteredOn(status -> status.getEffectiveLevel() >= Status.WARN)
                .extracting(Status::getMessage)
                .anyMatch(message -> message.contains(file.toString()));
        assertThat(appenders(context)).extracting(Appender::getName).contains("console");
    }

    @Test
    void theExampleSaysWhatIsBuiltIn() throws Exception {
        configured("server", directory.toString());
        LoggerContext example = new LoggerContext();
        try {
            JoranConfigurator reader = new JoranConfigurator();
            reader.setContext(example);
            reader.doConfigure(EXAMPLE.toFile());

            assertThat(example.getStatusManager().getCopyOfStatusList())
                    .noneMatch(status -> status.getEffectiveLevel() >= Status.WARN);
            assertThat(description(example)).isEqualTo(description(context)).hasSize(5);
        } finally {
            example.stop();
        }
    }

    private ExecutionStatus configured(String name, String logs) {
        System.setProperty(ServerLogging.NAME, name);
        System.setProperty(ServerLogging.DIRECTORY, logs);
        return new ServerLogging().configure(context);
    }

    private static List<Appender<ILoggingEvent>> appenders(LoggerContext of) {
        List<Appender<ILoggingEvent>> all = new ArrayList<>();
        of.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(all::add);
        return all;
    }

    // The levels, the appenders, and the two limits that logback tells nowhere but among what it notes of its start.
    private static List<String> description(LoggerContext of) {
        List<String> lines = new ArrayList<>();
        of.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null)
                .forEach(logger -> lines.add("level of " + logger.getName() + " " + logger.getLevel()));
        of.getStatusManager().getCopyOfStatusList().stream()
                .map(Status::getMessage)
                .filter(message -> message.contains("totalSizeCap") || message.contains("will be limited"))
                .forEach(lines::add);
        for (Appender<ILoggingEvent> appender : appenders(of)) {
            assertThat(appender).isInstanceOf(OutputStreamAppender.class);
            OutputStreamAppender<ILoggingEvent> stream = (OutputStreamAppender<ILoggingEvent>) appender;
            String line = appender.getName() + " " + appender.getClass().getSimpleName() + " "
                    + ((PatternLayoutEncoder) stream.getEncoder()).getPattern();
            if (appender instanceof RollingFileAppender<ILoggingEvent> file) {
                SizeAndTimeBasedRollingPolicy<?> rolling = (SizeAndTimeBasedRollingPolicy<?>) file.getRollingPolicy();
                line += " " + file.getFile() + " " + rolling.getFileNamePattern() + " " + rolling.getMaxHistory();
            }
            lines.add(line);
        }
        return lines;
    }

    private static boolean isOurs(String key) {
        return key.startsWith("ternmq.log.") || key.equals(ClassicConstants.CONFIG_FILE_PROPERTY);
    }
}
