package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState.CheckState;
import dev.averment.server.claims.PageState.ClaimState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proofreader's mark beside a sentence: a shape, a word and an age.
 *
 * @param note       "14 s ago", "for 2 h", "until 1 March 2027", "no data yet"
 * @param kind       how the note counts on in the browser: {@code ago}, {@code for}, or {@code fixed}
 * @param moment     what the note counts from, absent when there is nothing to count
 * @param exact      the same moment written out, for print and for the tooltip
 * @param freshUntil when a proof becomes stale even if nobody reloads the page; absent unless proven
 */
public record Mark(
        Verdict verdict,
        String word,
        String note,
        String kind,
        @Nullable Instant moment,
        String exact,
        @Nullable Instant freshUntil) {

    static Mark of(ClaimState state, Instant now, Words words) {
        @Nullable
        Instant until = state.claim().exemption() == null
                ? null
                : state.claim().exemption().until();
        return of(state.verdict(), state.observedAt(), state.since(), until, freshUntil(state), now, words);
    }

    static Mark of(CheckState state, Instant now, Words words) {
        var seen = state.observation();
        @Nullable
        Instant fresh = state.verdict() != Verdict.PROVEN || seen == null
                ? null
                : seen.observedAt().plus(state.binding().valid());
        return of(state.verdict(), seen == null ? null : seen.observedAt(), null, null, fresh, now, words);
    }

    static Mark of(
            Verdict verdict,
            @Nullable Instant observedAt,
            @Nullable Instant since,
            @Nullable Instant exemptUntil,
            @Nullable Instant freshUntil,
            Instant now,
            Words words) {
        String word = words.verdict(verdict);
        if (verdict == Verdict.EXEMPT && exemptUntil != null) {
            return new Mark(
                    verdict, word, words.until(exemptUntil), "fixed", exemptUntil, words.until(exemptUntil), null);
        }
        if (verdict == Verdict.FAILING && since != null) {
            return new Mark(
                    verdict,
                    word,
                    words.forTheLast(between(since, now)),
                    "for",
                    since,
                    words.since() + " " + words.instant(since),
                    null);
        }
        if (observedAt == null) {
            return new Mark(verdict, word, words.noDataYet(), "fixed", null, words.noDataYet(), null);
        }
        return new Mark(
                verdict,
                word,
                words.ago(between(observedAt, now)),
                "ago",
                observedAt,
                words.instant(observedAt),
                verdict == Verdict.PROVEN ? freshUntil : null);
    }

    private static Duration between(Instant then, Instant now) {
        Duration d = Duration.between(then, now);
        return d.isNegative() ? Duration.ZERO : d;
    }

    /** The earliest end of validity among a claim's observations. */
    private static @Nullable Instant freshUntil(ClaimState state) {
        List<Instant> ends = state.checks().stream()
                .flatMap(c -> {
                    var seen = c.observation();
                    return seen == null
                            ? java.util.stream.Stream.<Instant>empty()
                            : java.util.stream.Stream.of(
                                    seen.observedAt().plus(c.binding().valid()));
                })
                .sorted()
                .toList();
        return ends.isEmpty() ? null : ends.getFirst();
    }
}
