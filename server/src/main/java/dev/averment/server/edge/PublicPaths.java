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
                            "/favicon.svg",
                            "/health",
                            "/api/v1/auth/**",
                            "/error"),
                    ConsolePaths.OPEN.stream())
            .toList();

    private static final Pattern ALL = Pattern.compile(
            "/|/(pages|assets|log)/[^;%\\\\]*|/styleguide|/\\.well-known/(security\\.txt|openpgp-key\\.asc)|/favicon\\.svg|/health");

    private PublicPaths() {}

    /** True for a raw request path that needs no credentials; anything encoded or parameterised is not. */
    static boolean matches(String rawPath) {
        return ALL.matcher(rawPath).matches() && !rawPath.contains("..");
    }
}
