package dev.averment.server.incidents;

import dev.averment.claims.Page;
import dev.averment.server.clocks.Term;
import java.time.Duration;
import java.util.Map;

/**
 * {@code policy.incidents} of the operator's page.
 *
 * @param p1      how long somebody has to take up an incident of P1: {@code p1}, 4 h where the page is silent
 * @param p2      {@code p2}, a business day
 * @param p3      {@code p3}, three business days
 * @param review  from resolved to reviewed: {@code review}, 48 h
 * @param updates between two updates of an open P1: {@code updates}, an hour
 * @param owner   to give an incident an owner that has none: {@code owner}, an hour
 */
public record IncidentPolicy(Term p1, Term p2, Term p3, Term review, Term updates, Term owner) {

    /** @throws IllegalArgumentException for a term that is none */
    public static IncidentPolicy of(Page page) {
        Map<?, ?> stated = page.policy().get("incidents") instanceof Map<?, ?> m ? m : Map.of();
        return new IncidentPolicy(
                term(stated, "p1", "4h"),
                term(stated, "p2", "1bd"),
                term(stated, "p3", "3bd"),
                term(stated, "review", "48h"),
                term(stated, "updates", "1h"),
                term(stated, "owner", "1h"));
    }

    private static Term term(Map<?, ?> stated, String name, String usual) {
        Object value = stated.get(name);
        if (value instanceof Duration time) {
            return new Term.Elapsed(time);
        }
        try {
            return Term.of(value == null ? usual : String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The page's policy gives incidents." + name + ", and " + e.getMessage(), e);
        }
    }

    /** How long somebody has to take up an incident. */
    Term response(Severity severity) {
        return switch (severity) {
            case P1 -> p1;
            case P2 -> p2;
            case P3 -> p3;
        };
    }
}
