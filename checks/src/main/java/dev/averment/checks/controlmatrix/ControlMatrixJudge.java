package dev.averment.checks.controlmatrix;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.claims.Verdict;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every public claim has one row; each row an owner, the posture of that moment and a proof that opens and names the claim. */
final class ControlMatrixJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("The page has no public claim.");
        }
        List<String> extra = FactReader.texts(facts.values(), "rowsOfNoClaim");
        if (!extra.isEmpty()) {
            return Judgement.failing(
                    "The matrix has a row for " + extra.getFirst() + ", which is no claim of the page.");
        }
        for (Subject claim : facts.subjects()) {
            Optional<String> wrong = wrong(claim.facts());
            if (wrong.isPresent()) {
                return Judgement.failing(claim.name() + " " + wrong.get() + ".");
            }
        }
        return Judgement.proven(
                facts.subjects().size()
                        + " claims stand in the matrix, each with owner, the verdict that the page gives, and a proof that opens.");
    }

    private static Optional<String> wrong(Map<String, Object> row) {
        if (!FactReader.is(row, "row")) {
            return Optional.of("has no row in the matrix");
        }
        if (!FactReader.is(row, "ownerShown")) {
            return Optional.of("does not show its owner in the matrix");
        }
        // "proven 14 s ago": the verdict's word comes first.
        String posture =
                FactReader.text(row, "posture").toLowerCase(Locale.ROOT).split("\\s", 2)[0];
        if (Arrays.stream(Verdict.values()).noneMatch(verdict -> verdict.word().equals(posture))) {
            return Optional.of("shows no posture in the matrix");
        }
        if (FactReader.number(row, "rows", 0) > 1) {
            return Optional.of("has more than one row in the matrix");
        }
        List<String> published = FactReader.texts(row, "published");
        if (!published.contains(posture)) {
            return Optional.of("is shown as " + posture + " in the matrix, but the page says "
                    + (published.isEmpty() ? "nothing of it" : String.join(" and then ", published)));
        }
        for (String said : FactReader.texts(row, "said")) {
            if (!published.contains(said)) {
                return Optional.of("reads as " + said + " in the matrix, but the page says "
                        + String.join(" and then ", published));
            }
        }
        if (FactReader.number(row, "checks", 0) < 1) {
            return Optional.of("has no check");
        }
        switch (FactReader.text(row, "proof")) {
            case "linked" -> {}
            case "elsewhere" -> {
                return Optional.of("has a proof on another host, which this check does not ask");
            }
            default -> {
                return Optional.of("links no proof");
            }
        }
        long status = FactReader.number(row, "proofStatus", 0);
        if (status != 200) {
            return Optional.of("links a proof that answers " + status);
        }
        return FactReader.is(row, "namesClaim") ? Optional.empty() : Optional.of("links a proof that does not name it");
    }
}
