package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.PageState.ClaimState;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page for programs: {@code {page, revision, at, claims: [{id, ledger, verdict, since, observedAt, reason, checks:
 * [{id, type, verdict, subjects, reason}]}], summary}}. Instants are ISO 8601 in UTC; {@code ledger}, {@code since} and
 * {@code observedAt} are null where there is none; {@code summary} has every verdict. Fields are added, never renamed.
 */
final class PageJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PageJson() {}

    private record PageShape(
            String page, int revision, String at, List<ClaimShape> claims, Map<String, Long> summary) {}

    private record ClaimShape(
            String id,
            @Nullable String ledger,
            String verdict,
            @Nullable String since,
            @Nullable String observedAt,
            String reason,
            List<CheckShape> checks) {}

    private record CheckShape(String id, String type, String verdict, int subjects, String reason) {}

    static Body of(PageState state) {
        List<ClaimState> open = PageView.open(state);
        var counts = new EnumMap<Verdict, Long>(Verdict.class);
        for (Verdict v : Verdict.values()) {
            counts.put(v, open.stream().filter(c -> c.verdict() == v).count());
        }
        var summary = new LinkedHashMap<String, Long>();
        counts.forEach((v, n) -> summary.put(v.word(), n));
        var shape = new PageShape(
                state.page().id(),
                state.revision(),
                state.at().toString(),
                open.stream().map(PageJson::claim).toList(),
                summary);
        return Body.of(JSON.writeValueAsBytes(shape), MediaType.APPLICATION_JSON);
    }

    private static ClaimShape claim(ClaimState c) {
        return new ClaimShape(
                c.claim().id(),
                c.claim().ledger(),
                c.verdict().word(),
                text(c.since()),
                text(c.observedAt()),
                c.reason(),
                c.checks().stream()
                        .map(k -> {
                            var seen = k.observation();
                            return new CheckShape(
                                    k.binding().id(),
                                    k.binding().type(),
                                    k.verdict().word(),
                                    seen == null ? 0 : seen.subjects(),
                                    k.reason());
                        })
                        .toList());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** A refusal as RFC 9457 has it. */
    static Body problem(int status, String title, String detail, String instance) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "https://averment.dev/problems/" + status);
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("instance", instance);
        return Body.of(JSON.writeValueAsBytes(problem), MediaType.APPLICATION_PROBLEM_JSON);
    }
}
