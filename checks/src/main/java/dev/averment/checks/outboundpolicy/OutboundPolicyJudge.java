package dev.averment.checks.outboundpolicy;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every hostile address was refused, wherever it turned up, and nobody arrived where nobody may. */
final class OutboundPolicyJudge implements Judge {
    /** Spellings below which a corpus proves little. */
    static final int FEWEST = 150;

    private static final int NAMED = 3;

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            wanted.only(Map.of("refused", "all", "connection", "pinned"));
            Optional<String> wrong = refused(facts);
            if (wrong.isEmpty() && wanted.has("connection")) {
                wrong = led(facts);
            }
            if (wrong.isPresent()) {
                return Judgement.failing(wrong.get());
            }
            long tried = FactReader.number(facts.of(OutboundPolicyCollector.MADE), "tried", 0);
            long names = FactReader.number(facts.of(OutboundPolicyCollector.NAMES), "tried", 0);
            return Judgement.proven(tried + " hostile addresses and " + names + " names that lead to one were refused"
                    + (wanted.has("connection")
                            ? ", and a connection went where the name was looked up, and no further."
                            : "."));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Optional<String> refused(Facts facts) throws CollectException {
        for (String way : List.of(
                OutboundPolicyCollector.MADE,
                OutboundPolicyCollector.CHANGED,
                OutboundPolicyCollector.KINDS,
                OutboundPolicyCollector.NAMES)) {
            Map<String, Object> of = facts.of(way);
            long tried = FactReader.number(of, "tried", 0);
            if (tried < (way.equals(OutboundPolicyCollector.MADE) ? FEWEST : 1)) {
                throw new CollectException("Only " + tried + " hostile addresses were tried with " + way
                        + ", which proves little; see that the corpus of this version is whole.");
            }
            long refused = FactReader.number(of, "refused", 0);
            if (refused < tried) {
                List<String> taken = FactReader.texts(of, "taken");
                return Optional.of((tried - refused) + " of " + tried + " hostile addresses were taken with " + way
                        + ", such as "
                        + String.join(", ", taken.subList(0, Math.min(NAMED, taken.size()))) + ".");
            }
        }
        Map<String, Object> sent = facts.of(OutboundPolicyCollector.SENT);
        long tried = FactReader.number(sent, "tried", 0);
        if (tried < 1) {
            throw new CollectException("No message was sent to a hostile address; run the check again.");
        }
        long reached = FactReader.number(facts.values(), "reached", -1);
        if (reached < 0) {
            throw new CollectException("Nobody looked who arrived inside; run the check again.");
        }
        if (reached > 0) {
            return Optional.of("The server connected to its own machine for a user's address, " + reached + " times.");
        }
        if (FactReader.number(sent, "blocked", 0) < tried) {
            return Optional.of(
                    "Messages to hostile addresses were not refused when they were sent; what came of them was "
                            + String.join(", ", FactReader.texts(sent, "outcomes")) + ".");
        }
        return FactReader.number(sent, "reasons", 0) < tried
                ? Optional.of("A message to a hostile address was refused, and its attempt does not say why.")
                : Optional.empty();
    }

    /** Where a connection was led that may go to one place only. */
    private static Optional<String> led(Facts facts) throws CollectException {
        Map<String, Object> pin = facts.of(OutboundPolicyCollector.PIN);
        Map<String, Object> redirect = facts.of(OutboundPolicyCollector.REDIRECT);
        if (FactReader.number(pin, "elsewhere", 1) > 0 || FactReader.number(pin, "lookUps", 0) > 1) {
            return Optional.of(
                    "A name was looked up again for the connection, which may so go to an address that nobody"
                            + " has examined.");
        }
        if (FactReader.number(redirect, "elsewhere", 1) > 0) {
            return Optional.of("A redirect was followed to another address.");
        }
        // Where nothing arrived at all, it shows nothing that nothing went elsewhere.
        if (FactReader.number(pin, "status", 0) != 204 || FactReader.number(redirect, "status", 0) != 307) {
            throw new CollectException("A request to a receiver of the check's own had no answer ("
                    + FactReader.said(pin, "outcome") + ", " + FactReader.said(redirect, "outcome")
                    + "), so that nothing is known of where connections go; run the check again.");
        }
        return Optional.empty();
    }
}
