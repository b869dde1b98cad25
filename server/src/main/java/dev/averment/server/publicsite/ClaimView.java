package dev.averment.server.publicsite;

import dev.averment.claims.Exemption;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState.ClaimState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A claim as the site shows it, in one language. */
public record ClaimView(
        String id,
        Sentence sentence,
        Mark mark,
        @Nullable Instant since,
        String reason,
        String owner,
        String ledger,
        List<String> controls,
        List<CheckView> checks,
        @Nullable Exemption exemption) {

    static ClaimView of(ClaimState state, Page page, SiteLanguage language, Instant now) {
        Words words = language.words();
        @Nullable String ledger = state.claim().ledger();
        return new ClaimView(
                state.claim().id(),
                Sentence.of(state.claim(), language.tag(), page.authoritative()),
                Mark.of(state, now, words),
                state.since(),
                state.reason(),
                state.claim().owner(),
                ledger == null ? "" : ledger,
                state.claim().maps().stream()
                        .map(c -> Controls.cite(c, language))
                        .toList(),
                state.checks().stream().map(c -> CheckView.of(c, now, language)).toList(),
                state.verdict() == Verdict.EXEMPT ? state.claim().exemption() : null);
    }

    public Verdict verdict() {
        return mark.verdict();
    }

    /** True when the reader must be told why, without asking. */
    public boolean wrong() {
        return !verdict().holds();
    }
}
