package dev.averment.checks.escalationchain;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operator has a chain, and one that is drilled is climbed step by step until somebody takes the incident up. */
final class EscalationChainJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            String climbs = wanted.text("unacknowledged").orElse("climbs");
            if (!climbs.equals("climbs")) {
                throw SettingReader.refused("unacknowledged", climbs, "climbs");
            }
            int least = wanted.map("links").integer("min", 1);
            Map<String, Object> operators = facts.of(EscalationChainCollector.OPERATORS);
            if (!(operators.get("steps") instanceof List<?>)) {
                throw new CollectException("The operator's chain is not among the facts.");
            }
            List<String> chain = FactReader.texts(operators, "steps");
            if (chain.size() < least) {
                return Judgement.failing("The operator's chain has " + chain.size() + " links, and " + least
                        + " are promised: whoever does not answer is the last who is asked.");
            }
            for (int place = 1; place <= EscalationChainCollector.SHORT.size(); place++) {
                Optional<Judgement> wrong = step(place, facts.of(EscalationChainCollector.step(place)));
                if (wrong.isPresent()) {
                    return wrong.get();
                }
            }
            Map<String, Object> last = facts.of(EscalationChainCollector.ACKNOWLEDGED);
            if (!FactReader.is(last, "stopped")
                    || !FactReader.text(last, "outcome").equals("met")) {
                return Judgement.failing("An incident climbs the chain though somebody has taken it up.");
            }
            return Judgement.proven("The operator's chain has " + chain.size() + " links (after "
                    + String.join(", ", chain) + "). An incident that nobody took up passed from link to link of a"
                    + " drilled one, each alert arrived, and taking it up ended the climb.");
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Optional<Judgement> step(int place, Map<String, Object> facts) throws CollectException {
        String which = "step " + place + " of the drilled chain";
        long alerts = FactReader.number(facts, "alerts", -1);
        if (alerts < 0 || FactReader.instant(facts, "opened").isEmpty()) {
            throw new CollectException("What came of " + which + " is not among the facts.");
        }
        if (!FactReader.is(facts, "line") || alerts == 0) {
            return Optional.of(Judgement.failing(
                    "Nobody took an incident up, and it did not climb: " + which + " alerted nobody."));
        }
        if (alerts > 1) {
            return Optional.of(Judgement.failing(
                    "The link of " + which + " was alerted " + alerts + " times, not only when its turn came."));
        }
        if (!FactReader.is(facts, "delivered")) {
            return Optional.of(Judgement.failing("The alert of " + which + " did not arrive."));
        }
        Duration after = new SettingReader(facts).duration("after").orElse(Duration.ZERO);
        Optional<Instant> announced = FactReader.instant(facts, "announced");
        Instant due = FactReader.instant(facts, "opened").orElseThrow().plus(after);
        if (announced.isEmpty() || announced.get().isBefore(due)) {
            return Optional.of(Judgement.failing("The link of " + which + " was alerted before its turn."));
        }
        return Optional.empty();
    }
}
