package dev.averment.checks.operatorpromotion;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.Map;

/** No route promoted, and every role was refused. */
final class OperatorPromotionJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        long attempts = 0;
        long roles = 0;
        for (Subject subject : facts.subjects()) {
            switch (FactReader.text(subject.facts(), "kind")) {
                case "route" -> {
                    if (!(subject.facts().get("promoted") instanceof Boolean promoted)) {
                        return Judgement.unproven("What " + subject.name() + " made is not among the facts.");
                    }
                    if (promoted) {
                        return Judgement.failing("A normal user became an operator by " + subject.name() + ".");
                    }
                    attempts++;
                }
                case "role" -> {
                    if (!(subject.facts().get("refused") instanceof Boolean refused)) {
                        return Judgement.unproven(
                                "Whether the database refused " + subject.name() + " is not among the facts.");
                    }
                    if (!refused) {
                        return Judgement.failing(
                                "The database lets " + subject.name() + ", make somebody an operator.");
                    }
                    roles++;
                }
                default -> {
                    return Judgement.unproven("What " + subject.name() + " is, is not among the facts.");
                }
            }
        }
        long routes = FactReader.number(facts.values(), "routes", 0);
        if (attempts == 0 || routes == 0) {
            return Judgement.unproven("No route was tried: the target names none that changes anything.");
        }
        if (roles == 0) {
            return Judgement.unproven("No role of the database was tried.");
        }
        return Judgement.proven("A normal user asked for it " + attempts + " times on " + routes
                + " routes and at signing up, and stayed one; in the database " + roles
                + " attempts of the service's own roles were refused.");
    }
}
