package dev.averment.claims;

import dev.averment.claims.file.Place;
import dev.averment.claims.file.Places;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Figures below published minimums. Password hashing: OWASP Password Storage Cheat Sheet. TLS: RFC 8996 withdrew 1.0 and
 * 1.1. HSTS: a year, as the preload list and OWASP ASVS ask. Access tokens: an hour, since a stolen one works until then.
 */
final class WeakFigures {
    static final String PASSWORD_HASH = "weak-password-hash";
    static final String TLS = "weak-tls";
    static final String HSTS = "weak-hsts";
    static final String ACCESS_TOKEN = "long-access-token";

    private static final long MIB = 1L << 20;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<ClaimLint.Finding> findings = new ArrayList<>();
    private final @Nullable String claim;
    private final Place place;

    private WeakFigures(@Nullable String claim, Place place) {
        this.claim = claim;
        this.place = place;
    }

    static List<ClaimLint.Finding> inPolicy(Page page, Places places) {
        List<ClaimLint.Finding> findings = new ArrayList<>();
        page.policy().forEach((key, value) -> {
            if (value instanceof Map<?, ?> group) {
                WeakFigures weak = new WeakFigures(null, places.at("policy", key));
                Map<String, String> figures = lastWords(group);
                switch (key) {
                    case "passwords" -> weak.passwords(figures);
                    case "tls" -> weak.tls(figures.get("min"));
                    case "hsts" -> weak.hsts(figures.get("maxage"));
                    case "sessions" -> weak.accessToken(figures.get("accesstokenlifetime"));
                    default -> {}
                }
                findings.addAll(weak.findings);
            }
        });
        return findings;
    }

    static List<ClaimLint.Finding> inClaim(Claim claim, int index, Places places) {
        WeakFigures weak = new WeakFigures(claim.id(), places.at("claims", index));
        boolean passwords = false;
        for (CheckBinding check : claim.checks()) {
            Map<String, String> figures = lastWords(check.expect());
            switch (check.type()) {
                case "password-storage" -> {
                    passwords = true;
                    Map<String, String> all = lastWords(claim.params());
                    all.putAll(figures);
                    all.putIfAbsent("hash", hashNamed(claim).orElse(""));
                    weak.passwords(all);
                }
                case "tls-versions" -> weak.tls(figures.get("min"));
                case "http-headers" -> {
                    if (check.expect().get("hsts") instanceof Map<?, ?> hsts && hsts.get("minAge") != null) {
                        weak.hsts(String.valueOf(hsts.get("minAge")));
                    }
                }
                case "access-tokens" ->
                    figures.forEach((name, value) -> {
                        if (name.contains("lifetime")) {
                            weak.accessToken(value);
                        }
                    });
                default -> {}
            }
        }
        if (!passwords) {
            hashNamed(claim).ifPresent(hash -> {
                Map<String, String> figures = lastWords(claim.params());
                figures.put("hash", hash);
                weak.passwords(figures);
            });
        }
        return weak.findings;
    }

    /** The hash that the sentence or a parameter names, so that a figure is weighed even under another check type. */
    private static Optional<String> hashNamed(Claim claim) {
        String words = (String.join(" ", claim.text().values()) + " "
                        + String.join(" ", claim.params().values()))
                .toLowerCase(Locale.ROOT);
        return List.of("argon2id", "scrypt", "bcrypt").stream()
                .filter(words::contains)
                .findFirst();
    }

    /** Values by the word that names them, in small letters: {@code {memory: {min: 64MiB}}} is known as memory. */
    private static Map<String, String> lastWords(Map<?, ?> map) {
        Map<String, String> words = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String word = String.valueOf(key).toLowerCase(Locale.ROOT);
            if (value instanceof Map<?, ?> bound) {
                for (String side : List.of("min", "max", "is")) {
                    if (bound.get(side) != null) {
                        words.put(word, String.valueOf(bound.get(side)));
                    }
                }
            } else {
                words.put(word, String.valueOf(value));
            }
        });
        return words;
    }

    private void passwords(Map<String, String> figures) {
        switch (figures.getOrDefault("hash", "").toLowerCase(Locale.ROOT)) {
            case "argon2id" -> argon2id(figures);
            case "scrypt" -> {
                long cost = number(figures.get("cost"));
                // Written as N itself, or as its binary logarithm as in the PHC string format.
                long n = cost > 0 && cost <= 62 ? 1L << cost : cost;
                if (n > 0 && n < 1L << 17) {
                    add(
                            PASSWORD_HASH,
                            "scrypt with N = " + n,
                            "OWASP's minimum is 2^17 = 131072",
                            "write cost 17 or more");
                }
            }
            case "bcrypt" -> {
                long cost = number(figures.get("cost"));
                if (cost > 0 && cost < 10) {
                    add(PASSWORD_HASH, "bcrypt with cost " + cost, "OWASP's minimum is 10", "write cost 10 or more");
                }
            }
            default -> {}
        }
    }

    private void argon2id(Map<String, String> figures) {
        String memory = figures.get("memory");
        if (memory == null || !(Figure.parse(memory) instanceof Figure.Size size)) {
            return;
        }
        long passes = Math.max(1, number(figures.get("time")));
        long floor = passes == 1 ? 46 : passes == 2 ? 19 : 12;
        if (size.bytes() < floor * MIB) {
            add(
                    PASSWORD_HASH,
                    "Argon2id with " + memory + " and " + passes + (passes == 1 ? " pass" : " passes"),
                    "OWASP's minimum for that many passes is " + floor + " MiB",
                    "write " + floor + "MiB or more (64MiB with 3 passes is a good figure)");
        }
    }

    private void tls(@Nullable String min) {
        if (min != null
                && Figure.parse(min) instanceof Figure.Numeral(var version, var written)
                && version.compareTo(new java.math.BigDecimal("1.2")) < 0) {
            add(TLS, "TLS from " + written + " up", "RFC 8996 withdrew everything below 1.2", "write 1.2 or 1.3");
        }
    }

    private void hsts(@Nullable String age) {
        if (age != null
                && Durations.parse(age).filter(d -> d.compareTo(YEAR) < 0).isPresent()) {
            add(HSTS, "HSTS for " + age, "browsers' preload lists ask for a year", "write 365d or more");
        }
    }

    private void accessToken(@Nullable String lifetime) {
        if (lifetime != null
                && Durations.parse(lifetime).filter(d -> d.compareTo(HOUR) > 0).isPresent()) {
            add(
                    ACCESS_TOKEN,
                    "access tokens that live " + lifetime,
                    "a stolen one works until it ends",
                    "write 60m or less");
        }
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
    }

    private void add(String id, String what, String why, String remedy) {
        String who = claim == null ? "The policy" : "The claim " + claim;
        findings.add(new ClaimLint.Finding(id, claim, place, who + " has " + what, why, remedy, false));
    }
}
