package dev.averment.checks.load;

import dev.averment.checks.CheckType;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.SelfTest;
import dev.averment.claims.Verdict;
import dev.averment.claims.file.Nearest;
import dev.averment.claims.file.Place;
import dev.averment.claims.file.Places;
import dev.averment.claims.file.Problems;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns the judge of one binding before the page may use it: it must pass the passing example, say what each self-test
 * says, and never call an empty list of subjects proven. A judge that cannot fail proves nothing.
 */
final class JudgeTrial {
    private final CheckType type;
    private final CheckBinding binding;
    private final String owner;
    private final Instant now;
    private final Problems problems;

    JudgeTrial(CheckType type, CheckBinding binding, String owner, Instant now, Problems problems) {
        this.type = type;
        this.binding = binding;
        this.owner = owner;
        this.now = now;
        this.problems = problems;
    }

    /**
     * @param at        the binding's place
     * @param selftests those of this check, by their index in the claim
     */
    void run(Place at, Map<Integer, SelfTest> selftests, Places places, int claim) {
        Optional<Facts> example = example(at);
        if (example.isEmpty()) {
            return;
        }
        Optional<Judgement> passing = judge(example.get(), at);
        if (passing.isEmpty()) {
            return;
        }
        if (!sound(passing.get().verdict())) {
            problems.add(
                    at,
                    "The judge of " + owner + " says " + said(passing.get()) + " about facts that should pass",
                    "with this expectation nothing could ever prove the claim",
                    "correct “expect”, or report the type " + type.name() + " as broken");
            return;
        }
        empty(example.get(), at);
        selftests.forEach((index, selftest) -> {
            Place place = places.at("claims", claim, "selftests", index);
            turn(example.get(), selftest, place);
        });
    }

    private Optional<Facts> example(Place at) {
        try {
            Facts example = type.passingExample(binding.expect(), now);
            if (example.subjects().isEmpty()) {
                broken(at, "its passing example has no subjects");
            } else if (!json(example.values())
                    || !example.subjects().stream().allMatch(subject -> json(subject.facts()))) {
                // An Integer beside a page's Long never equals it: the self-test would pass or fail for the wrong
                // reason.
                broken(at, "its passing example holds values other than String, Long, Boolean, List and Map");
            } else {
                return Optional.of(example);
            }
        } catch (RuntimeException e) {
            broken(at, "no passing example can be made for this expectation (" + reason(e) + ")");
        }
        return Optional.empty();
    }

    private static boolean json(Object value) {
        return switch (value) {
            case String ignored -> true;
            case Long ignored -> true;
            case Boolean ignored -> true;
            case List<?> list -> list.stream().allMatch(JudgeTrial::json);
            case Map<?, ?> map ->
                map.keySet().stream().allMatch(String.class::isInstance)
                        && map.values().stream().allMatch(JudgeTrial::json);
            default -> false;
        };
    }

    private Optional<Judgement> judge(Facts facts, Place at) {
        try {
            return Optional.of(type.judge().judge(facts, binding.expect(), now));
        } catch (RuntimeException e) {
            broken(at, "its judge broke (" + reason(e) + ")");
            return Optional.empty();
        }
    }

    private void broken(Place at, String what) {
        problems.add(
                at,
                "The type " + type.name() + " cannot serve " + owner + ": " + what,
                "a check that breaks while it is tried out would break while it runs",
                "compare “expect” with the documentation of the type: " + type.description());
    }

    private static String reason(RuntimeException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ", " + Problems.quote(message));
    }

    private void empty(Facts example, Place at) {
        judge(new Facts(example.observedAt(), List.of(), example.values()), at)
                .filter(judgement -> judgement.verdict().holds())
                .ifPresent(judgement -> problems.add(
                        at,
                        "The judge of " + owner + " says " + said(judgement) + " when there was nothing to look at",
                        "silence is never green: an empty list of subjects is unproven",
                        "do not use the type " + type.name() + " until it is repaired"));
    }

    private void turn(Facts example, SelfTest selftest, Place at) {
        if (selftest.set().containsKey("subjects") && !(selftest.set().get("subjects") instanceof List)) {
            problems.add(
                    at,
                    "A self-test of " + owner + " sets “subjects” to something that is no list",
                    "subjects are the things that were looked at",
                    "write [] or a list of {name: …}");
            return;
        }
        AlteredFacts altered = AlteredFacts.of(example, selftest.set());
        judge(altered.facts(), at)
                .filter(judgement -> judgement.verdict() != selftest.verdict())
                .ifPresent(judgement -> problems.add(
                        at,
                        "A self-test of " + owner + " sets "
                                + Problems.quote(selftest.set().toString()) + " and the judge says " + said(judgement)
                                + ", not " + selftest.verdict().word(),
                        "a check that is not seen to fail proves nothing",
                        remedy(example, altered)));
    }

    private static String remedy(Facts example, AlteredFacts altered) {
        List<String> names = AlteredFacts.names(example);
        if (altered.unheard().isEmpty()) {
            return "correct the altered fact, the verdict or “expect”";
        }
        return altered.unheard().stream()
                .map(name -> "the facts have no " + Problems.quote(name) + ": " + Nearest.remedy(name, names))
                .collect(Collectors.joining("; "));
    }

    private static boolean sound(Verdict verdict) {
        return verdict == Verdict.PROVEN || verdict == Verdict.ATTESTED;
    }

    private static String said(Judgement judgement) {
        return judgement.verdict().word() + " (" + Problems.quote(judgement.reason()) + ")";
    }
}
