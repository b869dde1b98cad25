package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState.ClaimState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of the page in one line: what holds, since when, and what does not.
 *
 * @param holds one clause without its full stop
 * @param wrong what does not hold, the worst first; empty when all holds
 */
public record HeadLine(String holds, List<Wrong> wrong) {

    /** @param claim the first such claim, to jump to */
    public record Wrong(Verdict verdict, String text, String claim) {}

    static HeadLine of(List<ClaimState> claims, Words words) {
        if (!claims.isEmpty()
                && claims.stream()
                        .allMatch(c -> c.observedAt() == null && !c.verdict().holds())) {
            return new HeadLine(words.nothingObserved(claims.size()), List.of());
        }
        List<ClaimState> holding =
                claims.stream().filter(c -> c.verdict().holds()).toList();
        String holds = holding.isEmpty()
                ? words.noneHolds(claims.size())
                : holding.size() == claims.size()
                        ? words.allHold(claims.size())
                        : words.someHold(holding.size(), claims.size());
        // The youngest of their beginnings: since then all of those that hold now have held.
        @Nullable
        Instant since = holding.stream()
                .map(ClaimState::since)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        var wrong = new ArrayList<Wrong>();
        for (Verdict v : List.of(Verdict.FAILING, Verdict.UNPROVEN, Verdict.STALE)) {
            List<ClaimState> such =
                    claims.stream().filter(c -> c.verdict() == v).toList();
            if (!such.isEmpty()) {
                wrong.add(new Wrong(
                        v, words.wrong(v, such.size()), such.getFirst().claim().id()));
            }
        }
        return new HeadLine(since == null ? holds : holds + words.andHaveSince(since), wrong);
    }

    /** As plain text, for descriptions. */
    public String plain() {
        var text = new StringBuilder(holds);
        for (int i = 0; i < wrong.size(); i++) {
            text.append(i == 0 ? "; " : ", ").append(wrong.get(i).text());
        }
        return text.toString().endsWith(".")
                ? text.toString()
                : text.append('.').toString();
    }
}
