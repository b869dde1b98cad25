package dev.averment.cli.prove;

import dev.averment.checks.prove.PageProof;
import dev.averment.checks.prove.PageProof.ClaimProof;
import dev.averment.claims.Verdict;
import dev.averment.claims.Wording;
import dev.averment.claims.file.Place;
import dev.averment.cli.Json;
import dev.averment.cli.Terminal;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For code review: SARIF 2.1.0 (OASIS). A rule a claim, a result a claim, placed at the claim's line in the page file.
 * Stale and unproven are kind {@code fail} at level {@code warning}, though the standard has a kind {@code open}:
 * readers hide that, and silence must not look green.
 */
final class SarifReport implements ProofReport {
    private final String version;

    SarifReport(String version) {
        this.version = version;
    }

    @Override
    public void write(PageFile file, PageProof proof, PrintStream out) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "aver");
        driver.put("version", version);
        driver.put("rules", rules(proof));
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        Map<String, Object> invocation = new LinkedHashMap<>();
        invocation.put("executionSuccessful", true);
        invocation.put("endTimeUtc", proof.at().truncatedTo(ChronoUnit.MILLIS).toString());
        invocation.put("exitCode", ProofReport.exit(proof));
        run.put("invocations", List.of(invocation));
        Map<String, Object> artifact = new LinkedHashMap<>();
        artifact.put("location", Map.of("uri", uri(file.path())));
        artifact.put("hashes", Map.of("sha-256", proof.revision()));
        run.put("artifacts", List.of(artifact));
        run.put("results", results(file, proof));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("page", proof.page().id());
        properties.put("target", proof.target());
        properties.put("waiting", proof.waiting());
        run.put("properties", properties);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        root.put("version", "2.1.0");
        root.put("runs", List.of(run));
        Json.write(root, out);
    }

    private static List<Object> rules(PageProof proof) {
        Wording wording = Wording.of(proof.page());
        List<Object> rules = new ArrayList<>();
        for (ClaimProof claim : proof.claims()) {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("id", claim.claim().id());
            rule.put(
                    "shortDescription",
                    Map.of("text", wording.sentence(claim.claim(), proof.page().authoritative())));
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("owner", claim.claim().owner());
            if (claim.claim().ledger() != null) {
                properties.put("ledger", claim.claim().ledger());
            }
            properties.put("tags", claim.claim().maps());
            rule.put("properties", properties);
            rules.add(rule);
        }
        return rules;
    }

    private static List<Object> results(PageFile file, PageProof proof) {
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < proof.claims().size(); i++) {
            ClaimProof claim = proof.claims().get(i);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("ruleId", claim.claim().id());
            result.put("ruleIndex", i);
            result.put("kind", passes(claim.verdict()) ? "pass" : "fail");
            result.put("level", level(claim.verdict()));
            result.put("message", Map.of("text", claim.verdict().word() + ": " + Terminal.oneLine(claim.reason())));
            Place place = file.places().getOrDefault(claim.claim().id(), Place.START);
            Map<String, Object> physical = new LinkedHashMap<>();
            physical.put("artifactLocation", ordered("uri", uri(file.path()), "index", 0));
            physical.put("region", ordered("startLine", place.line(), "startColumn", place.column()));
            result.put("locations", List.of(Map.of("physicalLocation", physical)));
            // Lines move when the page is edited; the claim's id is stable for ever.
            result.put(
                    "partialFingerprints",
                    Map.of("claim/v1", proof.page().id() + "/" + claim.claim().id()));
            if (claim.verdict() == Verdict.EXEMPT) {
                Map<String, Object> suppression = new LinkedHashMap<>();
                suppression.put("kind", "external");
                suppression.put("status", "accepted");
                suppression.put("justification", claim.reason());
                result.put("suppressions", List.of(suppression));
            }
            results.add(result);
        }
        return results;
    }

    private static Map<String, Object> ordered(String one, Object its, String other, Object others) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(one, its);
        map.put(other, others);
        return map;
    }

    private static boolean passes(Verdict verdict) {
        return verdict == Verdict.PROVEN || verdict == Verdict.ATTESTED;
    }

    /** The standard wants level none on every kind but fail (section 3.27.10). */
    private static String level(Verdict verdict) {
        return switch (verdict) {
            case PROVEN, ATTESTED -> "none";
            case EXEMPT -> "note";
            case STALE, UNPROVEN -> "warning";
            case FAILING -> "error";
        };
    }

    /** A relative reference where the path is relative, so that a review finds the file in its own checkout. */
    private static String uri(Path path) {
        if (path.isAbsolute()) {
            return path.toUri().toString();
        }
        try {
            return new URI(null, null, path.normalize().toString(), null).getRawPath();
        } catch (URISyntaxException e) {
            return path.toUri().toString();
        }
    }
}
