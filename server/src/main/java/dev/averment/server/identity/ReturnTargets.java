package dev.averment.server.identity;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a browser may be sent after it has signed in: paths of this server, by a list of how they begin. An address of another
 * host, one that browsers read as such ({@code //}, {@code /\}), and anything encoded is none of them (ASVS 3.7.2).
 */
public final class ReturnTargets {
    /** For whoever names nothing. */
    public static final String HOME = "/workspaces";

    private static final Set<String> ROOMS = Set.of("settings", "workspaces", "join", "pages");
    private static final Pattern FORM = Pattern.compile("/([a-z]{1,20})((/[A-Za-z0-9_-]{1,64}){0,6})");

    private ReturnTargets() {}

    /** The path, if it is one of ours; empty for anything else. */
    public static Optional<String> own(String path) {
        var matcher = FORM.matcher(path);
        return path.length() <= 200 && matcher.matches() && ROOMS.contains(matcher.group(1))
                ? Optional.of(path)
                : Optional.empty();
    }
}
