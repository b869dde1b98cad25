package dev.averment.server.monitoring.ingest;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the Healthchecks ping API below {@code /ping/}: {@code <uuid>} and {@code <uuid>/}, or
 * {@code <key>/<slug>}, and of both {@code /start}, {@code /fail}, {@code /log} and {@code /<exit status>}.
 *
 * @param id      of the first form
 * @param key     of the second form
 * @param slug    of the second form
 * @param kind    what the ping says
 * @param exit    the exit status that is named, −1 for one that is none
 */
record PingPath(
        @Nullable UUID id,
        String key,
        String slug,
        int kind,
        @Nullable Integer exit) {
    private static final Pattern BY_ID = Pattern.compile(
            "/ping/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:/?|/(start|fail|log|[0-9]+))");
    private static final Pattern BY_SLUG =
            Pattern.compile("/ping/([A-Za-z0-9_-]{1,100})/([A-Za-z0-9_-]{1,100})(?:/(start|fail|log|[0-9]+))?");

    /** The only statuses that a process can end with. */
    private static final int HIGHEST = 255;

    static Optional<PingPath> parse(String path) {
        Matcher byId = BY_ID.matcher(path);
        if (byId.matches()) {
            return Optional.of(of(UUID.fromString(byId.group(1)), "", "", byId.group(2)));
        }
        Matcher bySlug = BY_SLUG.matcher(path);
        return bySlug.matches()
                ? Optional.of(of(null, bySlug.group(1), bySlug.group(2), bySlug.group(3)))
                : Optional.empty();
    }

    private static PingPath of(@Nullable UUID id, String key, String slug, @Nullable String suffix) {
        if (suffix == null) {
            return new PingPath(id, key, slug, Signal.SUCCESS, null);
        }
        return switch (suffix) {
            case "start" -> new PingPath(id, key, slug, Signal.START, null);
            case "fail" -> new PingPath(id, key, slug, Signal.FAIL, null);
            case "log" -> new PingPath(id, key, slug, Signal.LOG, null);
            default -> {
                int exit = exit(suffix);
                yield new PingPath(id, key, slug, exit == 0 ? Signal.SUCCESS : Signal.FAIL, exit);
            }
        };
    }

    private static int exit(String digits) {
        String number = digits.replaceFirst("^0+(?=.)", "");
        int value = number.length() > 3 ? HIGHEST + 1 : Integer.parseInt(number);
        return value > HIGHEST ? -1 : value;
    }

    boolean exitFits() {
        return exit == null || exit >= 0;
    }

    /** Slugs have no capitals; an address with some is said to be wrong before anything is looked up. */
    boolean slugFits() {
        return slug.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
    }
}
