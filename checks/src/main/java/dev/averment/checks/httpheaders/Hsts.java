package dev.averment.checks.httpheaders;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A Strict-Transport-Security value, read as RFC 6797 §6.1 says.
 *
 * @param maxAge     seconds
 * @param subdomains true with includeSubDomains
 * @param preload    true with preload, which is no part of the standard but what browsers' lists ask for
 */
record Hsts(long maxAge, boolean subdomains, boolean preload) {

    /** Empty for a value that a browser would ignore: no max-age, a directive twice, max-age that is no number, or the header
     * sent more than once, of which browsers read whichever came first. */
    static Optional<Hsts> parse(String value) {
        Set<String> seen = new HashSet<>();
        long maxAge = -1;
        boolean subdomains = false;
        boolean preload = false;
        if (value.indexOf(',') >= 0) {
            return Optional.empty();
        }
        for (String directive : value.split(";", -1)) {
            String[] parts = directive.strip().split("=", 2);
            String name = parts[0].strip().toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                continue;
            }
            if (!seen.add(name)) {
                return Optional.empty();
            }
            if (name.equals("max-age")) {
                String seconds = parts.length == 2 ? parts[1].strip() : "";
                if (seconds.length() >= 2 && seconds.startsWith("\"") && seconds.endsWith("\"")) {
                    seconds = seconds.substring(1, seconds.length() - 1);
                }
                if (!seconds.matches("[0-9]{1,15}")) {
                    return Optional.empty();
                }
                maxAge = Long.parseLong(seconds);
            } else if (name.equals("includesubdomains")) {
                if (parts.length == 2) {
                    return Optional.empty();
                }
                subdomains = true;
            } else if (name.equals("preload")) {
                preload = parts.length == 1;
            }
        }
        return maxAge < 0 ? Optional.empty() : Optional.of(new Hsts(maxAge, subdomains, preload));
    }
}
