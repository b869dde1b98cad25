package dev.averment.evidence.packet;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.LeafTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The page as CycloneDX 1.6 declarations: each claim is a requirement of the page as standard, a claim with dated evidence,
 * and a line of the self-attestation. CycloneDX has a conformance score and no verdicts, so the verdict stands in words in
 * the rationale, and only proven and attested score 1.
 */
final class Declarations {

    private static final String ASSESSOR = "assessor:self";
    private static final String TARGET = "target:organisation";

    private Declarations() {}

    static byte[] of(Page page) {
        List<JsonObject> requirements = new ArrayList<>();
        List<JsonObject> map = new ArrayList<>();
        List<JsonObject> claims = new ArrayList<>();
        List<JsonObject> evidence = new ArrayList<>();
        for (Claim claim : page.claims()) {
            String claimRef = "claim:" + claim.id();
            boolean conforms = claim.verdict().needsEvidence();
            boolean refuted = claim.verdict() == Verdict.FAILING;
            List<String> evidenceRefs = claim.evidence().isEmpty() ? List.of() : List.of("evidence:" + claim.id());
            requirements.add(JsonObject.of(
                    "bom-ref",
                    "requirement:" + claim.id(),
                    "identifier",
                    claim.id(),
                    "text",
                    claim.text(),
                    "externalReferences",
                    claim.maps().isEmpty()
                            ? null
                            : claim.maps().stream()
                                    .map(row -> JsonObject.of("type", "other", "url", "urn:averment:map:" + row))
                                    .toList()));
            claims.add(JsonObject.of(
                    "bom-ref",
                    claimRef,
                    "target",
                    TARGET,
                    "predicate",
                    claim.text(),
                    "reasoning",
                    claim.blindSpots().isEmpty()
                            ? claim.reason()
                            : claim.reason() + " Not seen by the checks: " + String.join("; ", claim.blindSpots()),
                    refuted ? "counterEvidence" : "evidence",
                    evidenceRefs));
            map.add(JsonObject.of(
                    "requirement",
                    "requirement:" + claim.id(),
                    refuted ? "counterClaims" : "claims",
                    List.of(claimRef),
                    "conformance",
                    JsonObject.of(
                            "score",
                            conforms ? 1 : 0,
                            "rationale",
                            "Verdict: " + claim.verdict().word() + ". " + claim.reason())));
            if (!claim.evidence().isEmpty()) {
                evidence.add(JsonObject.of(
                        "bom-ref",
                        "evidence:" + claim.id(),
                        "propertyName",
                        "averment:log-entries",
                        "description",
                        "Entries of the log " + page.origin() + ", with inclusion proofs in this packet",
                        "data",
                        claim.evidence().stream()
                                .map(seq -> JsonObject.of(
                                        "name",
                                        "entry " + seq,
                                        "contents",
                                        JsonObject.of("url", PacketLayout.entry(seq))))
                                .toList(),
                        "created",
                        claim.collected().map(LeafTime::format).orElse(null),
                        "expires",
                        claim.expires().map(LeafTime::format).orElse(null)));
            }
        }
        JsonObject bom = JsonObject.of(
                "$schema",
                "http://cyclonedx.org/schema/bom-1.6.schema.json",
                "bomFormat",
                "CycloneDX",
                "specVersion",
                "1.6",
                "serialNumber",
                "urn:uuid:" + UUID.nameUUIDFromBytes(page.bytes()),
                "version",
                1,
                "metadata",
                JsonObject.of(
                        "timestamp",
                        LeafTime.format(page.created()),
                        "component",
                        JsonObject.of("type", "data", "bom-ref", "page:" + page.id(), "name", page.title())),
                "definitions",
                JsonObject.of(
                        "standards",
                        List.of(JsonObject.of(
                                "bom-ref",
                                "standard:" + page.id(),
                                "name",
                                page.title(),
                                "version",
                                page.sourceSha256(),
                                "owner",
                                page.organisation(),
                                "requirements",
                                requirements))),
                "declarations",
                JsonObject.of(
                        "assessors",
                        List.of(JsonObject.of(
                                "bom-ref",
                                ASSESSOR,
                                "thirdParty",
                                false,
                                "organization",
                                JsonObject.of("name", page.organisation()))),
                        "attestations",
                        List.of(JsonObject.of(
                                "summary",
                                "Verdicts of the page at " + LeafTime.format(page.created()),
                                "assessor",
                                ASSESSOR,
                                "map",
                                map)),
                        "claims",
                        claims,
                        "evidence",
                        evidence,
                        "targets",
                        JsonObject.of(
                                "organizations",
                                List.of(JsonObject.of("bom-ref", TARGET, "name", page.organisation())))));
        return bom.toPrettyJson().getBytes(StandardCharsets.UTF_8);
    }
}
