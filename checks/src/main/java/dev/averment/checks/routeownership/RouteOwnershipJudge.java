package dev.averment.checks.routeownership;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every route found nothing, and nothing is another than before. */
final class RouteOwnershipJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            for (var only : Map.of("routes", "all-mutating", "foreign", "not-found", "changed", "none")
                    .entrySet()) {
                String given = wanted.text(only.getKey()).orElse(only.getValue());
                if (!given.equals(only.getValue())) {
                    throw SettingReader.refused(only.getKey(), given, only.getValue());
                }
            }
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        // What was done comes before what could not be tried.
        for (Subject route : facts.subjects()) {
            List<String> changed = FactReader.texts(route.facts(), "changed");
            if (!changed.isEmpty()) {
                return Judgement.failing("A person of another workspace changed rows of " + String.join(", ", changed)
                        + " by " + route.name() + ".");
            }
        }
        long named = 0;
        long others = 0;
        for (Subject route : facts.subjects()) {
            Optional<Judgement> wrong = judged(route);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            if (FactReader.text(route.facts(), "kind").equals("by-id")) {
                named++;
            } else {
                others += FactReader.texts(route.facts(), "routes").size();
            }
        }
        if (named == 0) {
            return Judgement.unproven("No route that names a record was tried.");
        }
        if (named + others < FactReader.number(facts.values(), "routes", Long.MAX_VALUE)) {
            return Judgement.unproven("Not every route that changes something was tried.");
        }
        return Judgement.proven(
                named + " routes that change a record by its id answered 404 for those of another" + " workspace, and "
                        + others + " others were given such ids beside their address; nothing was changed.");
    }

    private static Optional<Judgement> judged(Subject route) {
        if (!FactReader.text(route.facts(), "kind").equals("not-tried")
                && !(route.facts().get("changed") instanceof List<?>)) {
            return Optional.of(
                    Judgement.unproven("Whether " + route.name() + " changed anything is not among the facts."));
        }
        return switch (FactReader.text(route.facts(), "kind")) {
            case "not-tried" ->
                Optional.of(Judgement.unproven(route.name() + " was not tried: this check knows no id for "
                        + String.join(", ", FactReader.texts(route.facts(), "unknown")) + "."));
            case "by-id" -> {
                Optional<Judgement> foreign = status(route, "foreign");
                yield foreign.isPresent() || !route.facts().containsKey("foreignInOwnWorkspace")
                        ? foreign
                        : status(route, "foreignInOwnWorkspace");
            }
            case "without-ids" -> Optional.empty();
            default -> Optional.of(Judgement.unproven("What " + route.name() + " is, is not among the facts."));
        };
    }

    private static Optional<Judgement> status(Subject route, String fact) {
        int status = (int) FactReader.number(route.facts(), fact, -1);
        return switch (status) {
            case 404 -> Optional.empty();
            case -1 -> Optional.of(Judgement.unproven("How " + route.name() + " answered is not among the facts."));
            case 400, 405, 415, 429, 500, 502, 503 ->
                Optional.of(Judgement.unproven(route.name() + " answered with status " + status
                        + " before it looked for the record: this check does not know what it takes."));
            default ->
                Optional.of(Judgement.failing(route.name() + " answered with status " + status
                        + " for a record of another workspace, where 404 is promised."));
        };
    }
}
