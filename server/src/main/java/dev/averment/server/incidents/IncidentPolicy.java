package dev.averment.server.incidents;

import dev.averment.claims.Page;
import dev.averment.server.clocks.Term;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code policy.incidents} of the operator's page.
 *
 * @param p1      how long somebody has to take up an incident of P1: {@code p1}, 4 h where the page is silent
 * @param p2      {@code p2}, a business day
 * @param p3      {@code p3}, three business days
 * @param review  from resolved to reviewed: {@code review}, 48 h
 * @param reviewP3 the same for a P3: {@code reviewP3}; nobody waits for a review of one where the page is silent
 * @param updates between two updates of an open P1: {@code updates}, an hour
 * @param updatesAfter of one that is resolved and not closed: {@code updatesAfter}, a day
 * @param owner   to give an incident an owner that has none: {@code owner}, an hour
 */
public record IncidentPolicy(
        Term p1, Term p2, Term p3, Term review, Optional<Term> reviewP3, Term updates, Term updatesAfter, Term owner) {

    /** @throws IllegalArgumentException for a term that is none */
    public static IncidentPolicy of(Page page) {
        Map<?, ?> stated = page.policy().get("incidents") instanceof Map<?, ?> m ? m : Map.of();
        return new IncidentPolicy(
                term(stated, "p1", "4h"),
                term(stated, "p2", "1bd"),
                term(stated, "p3", "3bd"),
                term(stated, "review", "48h"),
                stated.containsKey("reviewP3") ? Optional.of(term(stated, "reviewP3", "48h")) : Optional.empty(),
                term(stated, "updates", "1h"),
                term(stated, "updatesAfter", "1d"),
                term(stated, "owner", "1h"));
    }

    /**
     * When the steps of {@code chain} are taken, the first first.
     *
     * @throws IllegalArgumentException for a chain that can't be climbed
     */
    static List<Term> chain(Page page) {
        if (!(page.policy().get("incidents") instanceof Map<?, ?> stated)
                || !(stated.get("chain") instanceof Map<?, ?> named)) {
            return List.of();
        }
        List<Term.Elapsed> steps = named.keySet().stream()
                .map(name -> term(named, String.valueOf(name), "15m"))
                .filter(Term.Elapsed.class::isInstance)
                .map(Term.Elapsed.class::cast)
                .sorted(Comparator.comparing(Term.Elapsed::time))
                .toList();
        if (steps.size() != named.size()
                || steps.size() > IncidentRules.MOST_STEPS
                || steps.stream().distinct().count() != steps.size()
                || steps.getLast().time().compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("The page's policy gives incidents.chain, which has at most "
                    + IncidentRules.MOST_STEPS
                    + " steps, each with a time of its own by the clock, within 30 days: 15m,"
                    + " then 1h.");
        }
        return List.copyOf(steps);
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

    /** How long somebody has to review an incident that was as grave as this; empty when it needs no review. */
    Optional<Term> reviewed(Severity worst) {
        return worst.reviewed() ? Optional.of(review) : reviewP3;
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
