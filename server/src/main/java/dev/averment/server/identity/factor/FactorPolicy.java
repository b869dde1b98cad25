package dev.averment.server.identity.factor;

import dev.averment.claims.Page;
import dev.averment.server.identity.session.Session;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which factor operators have to show: {@code policy.operators.factor} of the operator's page. Judged by what a session has
 * shown, at each request, so that a stricter page counts for sessions that are open too.
 *
 * @param demand absent when the page demands none
 */
public record FactorPolicy(Optional<Demand> demand) {

    /** What a page may demand. A recovery code is none of it: it leads to the enrolment of a factor and no further. */
    public enum Demand {
        ANY("any", Set.of("totp", "passkey")),
        TOTP("totp", Set.of("totp")),
        WEBAUTHN("webauthn", Set.of("passkey")),
        HARDWARE("hardware", Set.of("hardware-key"));

        private final String word;
        private final Set<String> enough;

        Demand(String word, Set<String> enough) {
            this.word = word;
            this.enough = enough;
        }

        public String word() {
            return word;
        }
    }

    /** @throws IllegalArgumentException when the page demands something that is not known here */
    public static FactorPolicy of(Page page) {
        return of(page.policy());
    }

    static FactorPolicy of(Map<String, ?> policy) {
        if (!(policy.get("operators") instanceof Map<?, ?> operators) || operators.get("factor") == null) {
            return new FactorPolicy(Optional.empty());
        }
        String word = String.valueOf(operators.get("factor"));
        return new FactorPolicy(Optional.of(Arrays.stream(Demand.values())
                .filter(d -> d.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The page's policy demands the factor \"" + word
                        + "\" of operators; give one of "
                        + Arrays.stream(Demand.values()).map(Demand::word).collect(Collectors.joining(", "))
                        + "."))));
    }

    /** Whether what was shown is enough for an operator. */
    public boolean satisfiedBy(Set<String> shown) {
        return demand.isEmpty() || demand.get().enough.stream().anyMatch(shown::contains);
    }

    /** Whether a session may do all that its account may: anybody's but that of an operator who has not shown enough. */
    public boolean letsThrough(Session session) {
        return !session.operator() || satisfiedBy(session.factors());
    }
}
