package dev.averment.server.identity.actor;

import java.util.regex.Pattern;

/**
 * One service that calls another. Each pair has a key of its own: whoever takes the key of one can pass for that caller at
 * that callee, and nowhere else.
 *
 * @param caller name of the one that signs, in small letters, digits and hyphens, at most 32
 * @param callee name of the one that verifies
 */
public record ServicePair(String caller, String callee) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public ServicePair {
        if (!isName(caller) || !isName(callee)) {
            throw new IllegalArgumentException(
                    "a service's name is made of small letters, digits and hyphens, 32 at most");
        }
    }

    /** Whether {@code text} can name a service. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The file of the pair's keys, in the folder that is mounted for both. */
    public String file() {
        return caller + "." + callee + ".keys";
    }

    @Override
    public String toString() {
        return caller + " to " + callee;
    }
}
