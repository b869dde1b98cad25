package dev.averment.server.edge;

import dev.averment.claims.Durations;
import dev.averment.claims.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The part of the operator's page policy that the edge enforces.
 *
 * @param tlsVersions       what handshakes may speak
 * @param hstsMaxAge        how long browsers must remember to come by TLS
 * @param hstsSubDomains    whether that goes for every name below, too
 */
public record EdgePolicy(List<String> tlsVersions, Duration hstsMaxAge, boolean hstsSubDomains) {
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    public EdgePolicy {
        tlsVersions = List.copyOf(tlsVersions);
    }

    /**
     * Reads {@code policy.tls.min}, {@code policy.hsts.maxAge} and {@code policy.hsts.includeSubDomains}.
     *
     * @throws IllegalArgumentException for an age that is none; the page's parser refuses such a page before
     */
    public static EdgePolicy of(Page page) {
        Map<?, ?> tls = page.policy().get("tls") instanceof Map<?, ?> m ? m : Map.of();
        Map<?, ?> hsts = page.policy().get("hsts") instanceof Map<?, ?> m ? m : Map.of();
        return new EdgePolicy(
                "1.3".equals(String.valueOf(tls.get("min"))) ? List.of("TLSv1.3") : List.of("TLSv1.2", "TLSv1.3"),
                hsts.get("maxAge") == null ? TWO_YEARS : age(String.valueOf(hsts.get("maxAge"))),
                Boolean.parseBoolean(String.valueOf(hsts.get("includeSubDomains"))));
    }

    private static Duration age(String text) {
        return Durations.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("policy.hsts.maxAge is \"" + text
                        + "\", which is no duration such as 365d; a page with it must not come into force"));
    }

    String hstsHeader() {
        return "max-age=" + hstsMaxAge.toSeconds() + (hstsSubDomains ? "; includeSubDomains" : "");
    }
}
