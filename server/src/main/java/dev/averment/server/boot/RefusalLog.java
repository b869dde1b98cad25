package dev.averment.server.boot;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.averment.server.edge.Gate;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.loop.Loop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Refusals in a file of their own, a line each (ASVS 16.3.2), and on the terminal in one line a minute: the server's own checks
 * are refused hundreds of times an hour, for that is what they try, and would bury what somebody has to read.
 */
final class RefusalLog implements AutoCloseable {
    private static final org.slf4j.Logger log = LoggerFactory.getLogger(RefusalLog.class);

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int OLDER_FILES = 4;
    private static final long LARGEST = 16L << 20;

    private static final Map<Class<?>, String> WHERE =
            Map.of(Gate.class, "at the door", WorkspaceAccess.class, "in workspaces");

    private final RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    private final Path path;
    private final Map<String, AtomicLong> counts = WHERE.values().stream()
            .sorted()
            .collect(Collectors.toUnmodifiableMap(where -> where, _ -> new AtomicLong()));
    private final Loop teller;

    private RefusalLog(Path path) {
        this.path = path;
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        // The lines of the terminal: UTC, and one line whatever a message holds.
        encoder.setPattern(((PatternLayoutEncoder) terminal(context).getEncoder()).getPattern());
        encoder.start();
        file.setContext(context);
        file.setFile(path.toString());
        file.setEncoder(encoder);
        var rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(file);
        rolling.setFileNamePattern(path + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLDER_FILES);
        rolling.start();
        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(LARGEST));
        size.start();
        file.setRollingPolicy(rolling);
        file.setTriggeringPolicy(size);
        file.start();
        loggers().forEach(logger -> {
            logger.setAdditive(false);
            logger.addAppender(file);
            logger.addAppender(tally(logger.getName()));
        });
        teller = Loop.of("refusals", "refusals can't be told now", EVERY, new Loop.Round() {
            private boolean begun;

            @Override
            public Duration run() {
                if (begun) {
                    tell();
                }
                begun = true;
                return EVERY;
            }
        });
        teller.start();
    }

    /** From now on, until it is closed. */
    static RefusalLog in(Path folder) {
        return new RefusalLog(folder.resolve("refusals.log"));
    }

    private static ConsoleAppender<ILoggingEvent> terminal(LoggerContext context) {
        return (ConsoleAppender<ILoggingEvent>)
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
    }

    private static Stream<Logger> loggers() {
        return WHERE.keySet().stream().map(room -> (Logger) LoggerFactory.getLogger(room));
    }

    private AppenderBase<ILoggingEvent> tally(String room) {
        AtomicLong count = WHERE.entrySet().stream()
                .filter(where -> where.getKey().getName().equals(room))
                .map(where -> counts.get(where.getValue()))
                .findFirst()
                .orElseThrow();
        var tally = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                count.incrementAndGet();
            }
        };
        tally.setName("refusals");
        tally.start();
        return tally;
    }

    /** One line about what was refused since the last one; none when nothing was. */
    void tell() {
        String told = counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(count -> Map.entry(count.getKey(), count.getValue().getAndSet(0)))
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        if (!told.isEmpty()) {
            log.info("refused in the last minute: {}; each is a line of {}", told, path);
        }
    }

    @Override
    public void close() {
        teller.stop();
        loggers().forEach(logger -> {
            logger.detachAppender(file);
            logger.detachAppender("refusals");
            logger.setAdditive(true);
        });
        file.stop();
    }
}
