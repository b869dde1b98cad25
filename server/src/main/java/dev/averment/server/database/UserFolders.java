package dev.averment.server.database;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a user's programs keep things when nobody says otherwise (XDG base directory specification): the server and every
 * command must look in the same place.
 */
public final class UserFolders {
    private UserFolders() {}

    /** {@code $XDG_DATA_HOME/averment}, else {@code ~/.local/share/averment}. */
    public static Path data(Map<String, String> environment) {
        return folder(environment, "XDG_DATA_HOME", ".local/share");
    }

    /** {@code $XDG_CACHE_HOME/averment}, else {@code ~/.cache/averment}. */
    public static Path cache(Map<String, String> environment) {
        return folder(environment, "XDG_CACHE_HOME", ".cache");
    }

    private static Path folder(Map<String, String> environment, String variable, String otherwise) {
        String said = environment.getOrDefault(variable, "");
        // The specification has relative paths ignored.
        Path base = said.startsWith("/") ? Path.of(said) : home(environment).resolve(otherwise);
        return base.resolve("averment");
    }

    /** What the shell calls ~: the user database's answer, which {@code user.home} is, may be another. */
    private static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isBlank() ? System.getProperty("user.home") : home);
    }
}
