package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Something that people are to be told.
 *
 * @param kind     one of {@link #KINDS}
 * @param dedupKey the same for all that is said of one thing; receivers put it together by that; 1 to 255 characters
 * @param incident {@link #NONE} when it is about none
 * @param severity {@code critical}, {@code error}, {@code warning} or {@code info}
 * @param title    one line, 1 to 300 characters
 * @param text     at most 4,000 characters
 * @param link     where more stands
 * @param data     at most 8 KiB as canonical JSON; goes to webhooks
 */
public record Announcement(
        String kind,
        String dedupKey,
        UUID incident,
        String severity,
        String title,
        String text,
        URI link,
        Instant at,
        JsonObject data) {
    public static final UUID NONE = new UUID(0, 0);
    public static final Set<String> KINDS = Set.of("open", "escalate", "update", "acknowledge", "resolve", "test");
    public static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");
    private static final int MAX_DATA = 8_192;

    public Announcement {
        if (!KINDS.contains(kind) || !SEVERITIES.contains(severity)) {
            throw new IllegalArgumentException("no announcement is " + kind + " and " + severity);
        }
        if (dedupKey.isEmpty()
                || dedupKey.length() > 255
                || title.isBlank()
                || title.length() > 300
                || title.chars().anyMatch(Character::isISOControl)
                || text.length() > 4_000
                || link.toString().length() > 2_048
                || data.canonical().length > MAX_DATA) {
            throw new IllegalArgumentException("an announcement is past one of its bounds");
        }
    }
}
