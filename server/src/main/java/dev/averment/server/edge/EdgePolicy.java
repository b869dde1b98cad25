package dev.averment.server.edge;

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

    /** Reads {@code policy.tls.min}, {@code policy.hsts.maxAge} and {@code policy.hsts.includeSubDomains}. */
    public static EdgePolicy of(Page page) {
        Map<?, ?> tls = page.policy().get("tls") instanceof Map<?, ?> m ? m : Map.of();
        Map<?, ?> hsts = page.policy().get("hsts") instanceof Map<?, ?> m ? m : Map.of();
        return new EdgePolicy(
                "1.3".equals(String.valueOf(tls.get("min"))) ? List.of("TLSv1.3") : List.of("TLSv1.2", "TLSv1.3"),
                hsts.get("maxAge") == null ? TWO_YEARS : days(String.valueOf(hsts.get("maxAge"))),
                Boolean.parseBoolean(String.valueOf(hsts.get("includeSubDomains"))));
    }

    private static Duration days(String text) {
        return dev.averment.claims.Durations.parse(text).orElse(TWO_YEARS);
    }

    String hstsHeader() {
        return "max-age=" + hstsMaxAge.toSeconds() + (hstsSubDomains ? "; includeSubDomains" : "");
    }
}
