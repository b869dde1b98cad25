package dev.averment.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.averment.server.asvs.Asvs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Lines of the log as they leave the process. */
class LogLinesTest {

    private static String line(String message) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
        var encoder = (PatternLayoutEncoder) appender.getEncoder();
        var event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("dev.averment.Test");
        event.setLevel(Level.WARN);
        event.setMessage(message);
        event.setInstant(Instant.parse("2026-11-24T23:30:00.125Z"));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    /** Wherever the machine stands: UTC, with its Z, in the log. */
    @Test
    @Asvs("16.2.2")
    void times_are_utc_whatever_the_machine_says() {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        try {
            assertThat(line("hello")).startsWith("2026-11-24T23:30:00.125Z WARN ");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    @Asvs("16.4.1")
    void a_message_is_one_line_whatever_is_in_it() {
        assertThat(line("refused: GET /a\r\n2026-11-24T00:00:00Z WARN forged").lines())
                .hasSize(1);
    }
}
