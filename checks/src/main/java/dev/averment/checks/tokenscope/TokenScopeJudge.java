package dev.averment.checks.tokenscope;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every route opens to the scope that it declares and to no other one. */
final class TokenScopeJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            for (var only : Map.of("routes", "all", "scopes", "all", "undeclared", "refused", "expiry", "configurable")
                    .entrySet()) {
                String given = wanted.text(only.getKey()).orElse(only.getValue());
                if (!given.equals(only.getValue())) {
                    throw SettingReader.refused(only.getKey(), given, only.getValue());
                }
            }
            return judged(facts, wanted.has("expiry"));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Judgement judged(Facts facts, boolean expiry) {
        Set<String> scopes = new HashSet<>(FactReader.texts(facts.values(), "scopes"));
        List<Subject> routes = new ArrayList<>();
        boolean lives = false;
        boolean expired = false;
        for (Subject subject : facts.subjects()) {
            switch (subject.name()) {
                case TokenScopeCollector.LIVES -> {
                    if (!(subject.facts().get("wrong") instanceof List<?> wrong)) {
                        return Judgement.unproven("How long tokens live is not among the facts.");
                    }
                    if (!wrong.isEmpty()) {
                        return Judgement.failing(
                                "A token that was to live for " + wrong.getFirst() + " got another expiry.");
                    }
                    lives = true;
                }
                case TokenScopeCollector.EXPIRED -> {
                    if (!(subject.facts().get("accepted") instanceof Boolean accepted)) {
                        return Judgement.unproven("Whether an expired token opens anything is not among the facts.");
                    }
                    if (accepted) {
                        return Judgement.failing("A token that has expired was accepted.");
                    }
                    if (!FactReader.is(subject.facts(), "before")) {
                        return Judgement.unproven(
                                "The token was refused before it expired, so its refusal afterwards says nothing.");
                    }
                    expired = true;
                }
                default -> routes.add(subject);
            }
        }
        if (expiry && !(lives && expired)) {
            return Judgement.unproven("Nobody looked at the expiry of tokens.");
        }
        return matrix(routes, scopes, FactReader.number(facts.values(), "routes", 0));
    }

    private static Judgement matrix(List<Subject> routes, Set<String> scopes, long all) {
        Set<String> used = new HashSet<>();
        for (Subject route : routes) {
            String declared = FactReader.text(route.facts(), "declared");
            if (!(route.facts().get("opened") instanceof List<?>)
                    || !(route.facts().get("unclear") instanceof List<?>)) {
                return Judgement.unproven("How " + route.name() + " answered is not among the facts.");
            }
            List<String> opened = FactReader.texts(route.facts(), "opened");
            for (String scope : opened) {
                if (!scope.equals(declared)) {
                    return Judgement.failing(route.name() + " opened to a token whose only scope is " + scope
                            + (declared.isEmpty()
                                    ? ", though it is for no program."
                                    : ", though it needs " + declared + "."));
                }
            }
            List<String> unclear = FactReader.texts(route.facts(), "unclear");
            if (!unclear.isEmpty()) {
                return Judgement.unproven("Whether " + route.name() + " opens to the scope " + unclear.getFirst()
                        + " could not be told: this check has no body for it that it takes.");
            }
            if (scopes.contains(declared)) {
                if (!opened.contains(declared)) {
                    return Judgement.failing(
                            route.name() + " stayed shut to the scope that it declares, " + declared + ".");
                }
                used.add(declared);
            }
        }
        if (routes.isEmpty() || scopes.isEmpty() || routes.size() < all) {
            return Judgement.unproven("Not every route was tried with every scope.");
        }
        if (used.isEmpty()) {
            return Judgement.unproven("No route opened to any scope, so that refusals say nothing.");
        }
        return Judgement.proven(scopes.size() + " scopes on " + routes.size()
                + " routes: each opened to the scope that it declares and to no other one; tokens live as long as their"
                + " maker said, and an expired one was refused.");
    }
}
