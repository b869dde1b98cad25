package dev.averment.server.api;

import dev.averment.claims.Verdict;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.claims.PageState;
import java.util.Map;
import java.util.TreeMap;

/** A page's state as documented JSON: {@code {page, at, revision, claims: […], summary}}. */
final class StateJson {
    private StateJson() {}

    static JsonObject of(PageState state) {
        Map<String, Object> summary = new TreeMap<>();
        state.summary().forEach((Verdict verdict, Long count) -> summary.put(verdict.word(), count));
        return JsonObject.of(
                "page", state.page().id(),
                "at", state.at().toString(),
                "revision", state.revision(),
                "claims", state.claims().stream().map(StateJson::claim).toList(),
                "summary", summary);
    }

    private static JsonObject claim(PageState.ClaimState claim) {
        return JsonObject.of(
                "id", claim.claim().id(),
                "ledger", claim.claim().ledger(),
                "verdict", claim.verdict().word(),
                "since", claim.since() == null ? null : claim.since().toString(),
                "observedAt",
                        claim.observedAt() == null ? null : claim.observedAt().toString(),
                "reason", claim.reason(),
                "checks", claim.checks().stream().map(StateJson::check).toList());
    }

    private static JsonObject check(PageState.CheckState check) {
        var seen = check.observation();
        return JsonObject.of(
                "id", check.binding().id(),
                "type", check.binding().type(),
                "verdict", check.verdict().word(),
                "reason", check.reason(),
                "subjects", seen == null ? 0 : seen.subjects(),
                "observedAt", seen == null ? null : seen.observedAt().toString(),
                "leaf", seen == null ? null : seen.leaf().toString());
    }
}
