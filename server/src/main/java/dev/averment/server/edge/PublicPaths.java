package dev.averment.server.edge;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Paths that anyone may read. What isn't on this list needs credentials. */
public final class PublicPaths {
    /** As Spring Security's matchers take them. */
    public static final List<String> PATTERNS = Stream.concat(
                    Stream.of(
                            "/",
                            "/pages/**",
                            "/assets/**",
                            "/styleguide",
                            "/log/**",
                            "/.well-known/security.txt",
                            "/.well-known/openpgp-key.asc",
                            "/health",
                            "/api/v1/auth/**",
                            "/error"),
                    ConsolePaths.OPEN.stream())
            .toList();

    private static final Pattern ALL = Pattern.compile(
            "/|/(pages|assets|log)/[^;%\\\\]*|/styleguide|/\\.well-known/(security\\.txt|openpgp-key\\.asc)|/health");

    /**
     * The one thing that a page of another site may make a browser send here: a provider's answer to a sign-in. It is good only
     * together with a cookie that the sign-in has put into that browser.
     */
    public static final String FROM_ELSEWHERE = "/sign-in/with/*/return";

    private static final Pattern ELSEWHERE = Pattern.compile("/sign-in/with/[a-z0-9-]{1,40}/return");

    private PublicPaths() {}

    static boolean fromElsewhere(String rawPath) {
        return ELSEWHERE.matcher(rawPath).matches();
    }

    /** True for a raw request path that needs no credentials; anything encoded or parameterised is not. */
    static boolean matches(String rawPath) {
        return ALL.matcher(rawPath).matches() && !rawPath.contains("..");
    }
}
