package dev.averment.cli.prove;

import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.prove.PageProof;
import dev.averment.checks.prove.PageProof.CheckProof;
import dev.averment.checks.prove.PageProof.ClaimProof;
import dev.averment.claims.Verdict;
import dev.averment.claims.Wording;
import dev.averment.cli.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** For programs: the shape that {@code proof.schema.json} beside this class publishes. */
final class JsonReport implements ProofReport {

    @Override
    public void write(PageFile file, PageProof proof, PrintStream out) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("page", proof.page().id());
        root.put("revision", "sha256:" + proof.revision());
        root.put("target", proof.target());
        root.put("at", proof.at().toString());
        root.put("claims", claims(proof));
        Map<String, Object> summary = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            summary.put(verdict.word(), proof.summary().getOrDefault(verdict, 0));
        }
        root.put("summary", summary);
        root.put("waiting", proof.waiting());
        root.put("exit", ProofReport.exit(proof));
        Json.write(root, out);
    }

    private static List<Object> claims(PageProof proof) {
        Wording wording = Wording.of(proof.page());
        List<Object> claims = new ArrayList<>();
        for (ClaimProof claim : proof.claims()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", claim.claim().id());
            entry.put("ledger", claim.claim().ledger());
            entry.put("sentence", wording.sentence(claim.claim(), proof.page().authoritative()));
            entry.put("owner", claim.claim().owner());
            entry.put("verdict", claim.verdict().word());
            entry.put("reason", claim.reason());
            entry.put("observedAt", claim.observedAt().map(Object::toString).orElse(null));
            entry.put("checks", claim.checks().stream().map(JsonReport::check).toList());
            claims.add(entry);
        }
        return claims;
    }

    private static Map<String, Object> check(CheckProof check) {
        Facts facts = check.observation().facts();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", check.binding().id());
        entry.put("type", check.binding().type());
        entry.put("built", check.built());
        entry.put("verdict", check.verdict().word());
        entry.put("reason", check.reason());
        entry.put("subjects", facts.subjects().size());
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("observedAt", facts.observedAt().toString());
        seen.put("values", sorted(facts.values()));
        seen.put("subjects", facts.subjects().stream().map(JsonReport::subject).toList());
        entry.put("facts", seen);
        return entry;
    }

    private static Map<String, Object> subject(Subject subject) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", subject.name());
        entry.put("facts", sorted(subject.facts()));
        return entry;
    }

    /** Maps of facts have no order of their own; two reports of the same facts must be the same bytes. */
    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((key, inner) -> sorted.put(String.valueOf(key), sorted(inner)));
                yield sorted;
            }
            case List<?> list -> list.stream().map(JsonReport::sorted).toList();
            default -> value;
        };
    }
}
