package dev.averment.server.edge;

import java.util.List;
import java.util.regex.Pattern;

/** The pages on which people sign in and look after their accounts and workspaces. */
public final class ConsolePaths {
    /** For whoever has no session: to get one, or to use what was mailed. */
    static final List<String> OPEN = List.of(
            "/sign-in",
            "/sign-in/**",
            "/sign-up",
            "/verify",
            "/reset",
            "/reset/**",
            "/confirm-address",
            "/join",
            "/signed-out");

    /** What an operator reaches who has not shown the factor that the page demands. */
    static final List<String> ENROLMENT =
            List.of("/settings/security", "/settings/security/**", "/proof", "/proof/**", "/sign-out");

    /** For people with a session. */
    static final List<String> CLOSED =
            List.of("/settings", "/settings/**", "/workspaces", "/workspaces/**", "/join", "/sign-out");

    private static final Pattern ALL = Pattern.compile(
            "/(?:sign-in|sign-up|sign-out|signed-out|verify|reset|confirm-address|join|proof|settings|workspaces)(?:/[A-Za-z0-9-]{1,60}){0,6}");

    private ConsolePaths() {}

    /** True for the raw path of a page. */
    static boolean matches(String rawPath) {
        return ALL.matcher(rawPath).matches();
    }
}
