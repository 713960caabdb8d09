package io.ternmq.logging;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/**
 * Logging as it is shipped: of level INFO and above, to the console and to a file that is rolled each day and at 64 MB, kept
 * 14 days and up to 1 GB. What {@code conf/logback-example.xml} says, said in code: to read that file would take a twelfth
 * of a start.
 *
 * <p>Logback finds this class by itself and asks it before it looks for files, once, in the thread that is first to ask for
 * a logger. It steps back wherever another configuration is named, and in processes that do not say which server they are.
 */
public final class ServerLogging extends ContextAwareBase implements Configurator {
    /** System property: which server this is, and so the name of its file. Set by the start scripts. */
    static final String NAME = "ternmq.log.name";

    /** System property: the directory of the files; empty for the console alone. */
    static final String DIRECTORY = "ternmq.log.dir";

    private static final String CONSOLE_PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n";
    private static final String FILE_PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{36} - %msg%n";
    private static final FileSize FILE_SIZE_MAX = new FileSize(64 * FileSize.MB_COEFFICIENT);
    private static final FileSize TOTAL_SIZE_MAX = new FileSize(FileSize.GB_COEFFICIENT);
    private static final int DAYS_KEPT = 14;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        String name = System.getProperty(NAME, "");
        if (name.isEmpty() || System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console(context));
        String directory = System.getProperty(DIRECTORY, "");
        if (!directory.isEmpty()) {
            root.addAppender(file(context, Path.of(directory), name));
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Appender<ILoggingEvent> console(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setEncoder(encoder(context, CONSOLE_PATTERN));
        console.start();
        return console;
    }

    private static Appender<ILoggingEvent> file(LoggerContext context, Path directory, String name) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(context);
        file.setName("file");
        file.setFile(directory.resolve(name + ".log").toString());

        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(file);
        rolling.setFileNamePattern(
                directory.resolve(name + ".%d{yyyy-MM-dd}.%i.log.gz").toString());
        rolling.setMaxFileSize(FILE_SIZE_MAX);
        rolling.setMaxHistory(DAYS_KEPT);
        rolling.setTotalSizeCap(TOTAL_SIZE_MAX);
        rolling.start();

        file.setRollingPolicy(rolling);
        file.setEncoder(encoder(context, FILE_PATTERN));
        file.start();
        return file;
    }

    private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }
}
