package dev.averment.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A line of the log as it travels: RFC 5424, counted in octets as RFC 5425 §4.3 has it. */
final class SyslogLine {
    /** Octets of one message; what is over is cut off. RFC 5425 §4.3.1 asks receivers for 8192. */
    static final int LONGEST = 8_192;

    private static final int AUDIT = 13;
    private static final int LOCAL = 16;

    private final String origin;

    /** @param host as receivers show it */
    SyslogLine(String host, long process) {
        this.origin = host + " averment " + process;
    }

    byte[] of(ILoggingEvent event) {
        boolean about = event.getLoggerName().equals(LogSink.EVENTS);
        String text = event.getLoggerName() + ": " + event.getFormattedMessage();
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            text += " (" + thrown.getClassName() + ": " + thrown.getMessage() + ")";
        }
        return of(
                about ? AUDIT : LOCAL, severity(event.getLevel()), event.getInstant(), about ? "event" : "line", text);
    }

    /** What the sink says of itself. */
    byte[] own(Instant at, String text) {
        return of(LOCAL, 4, at, "sink", text);
    }

    private byte[] of(int facility, int severity, Instant at, String kind, String text) {
        String message = "<" + (facility * 8 + severity) + ">1 " + at.truncatedTo(ChronoUnit.MILLIS) + " " + origin
                + " " + kind + " - " + text.replaceAll("\\R", "\\\\n").replaceAll("\\p{Cntrl}", "?");
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, LONGEST);
        // Not in the midst of a character.
        while (length < octets.length && length > 0 && (octets[length] & 0xC0) == 0x80) {
            length--;
        }
        var frame = new ByteArrayOutputStream(length + 8);
        frame.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
        frame.write(octets, 0, length);
        return frame.toByteArray();
    }

    /** RFC 5424 §6.2.1. */
    private static int severity(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return 3;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return 4;
        }
        return level.isGreaterOrEqual(Level.INFO) ? 6 : 7;
    }
}
