package dev.averment.server.publicsite;

import dev.averment.claims.Audience;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.claims.PublishedPages.ChangeLine;
import dev.averment.server.claims.PublishedPages.RevisionEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The page as a document in one language. */
public record PageView(
        String title,
        String titleLang,
        PageState state,
        HeadLine head,
        List<Tally> tally,
        List<ClaimView> wrong,
        List<SectionView> sections,
        List<DocumentView> documents,
        List<PermanentLine> permanent) {

    /** Beyond this many the head of the page would push the page itself out of sight. */
    private static final int MOST_WRONG = 12;

    /** More unproven claims than this are left to the head line's count and to their own places on the page. */
    private static final int FEW_UNPROVEN = 3;

    public record Tally(Verdict verdict, String word, long count, String means) {}

    /** @param wrong how many of its claims do not hold */
    public record SectionView(String id, String title, String lang, List<ClaimView> claims, long wrong) {
        public boolean failing() {
            return claims.stream().anyMatch(c -> c.verdict() == Verdict.FAILING);
        }
    }

    public record DocumentView(String id, String title, String lang) {}

    /** A loosened or withdrawn promise: it stays for good. */
    public record PermanentLine(Instant at, int revision, ChangeLine line) {}

    static PageView of(PageState state, List<RevisionEntry> revisions, SiteLanguage language, Instant now) {
        Page page = state.page();
        Words words = language.words();
        List<ClaimState> open = open(state);
        List<ClaimView> claims =
                open.stream().map(c -> ClaimView.of(c, page, language, now)).toList();
        var tally = new ArrayList<Tally>();
        for (Verdict v : Verdict.values()) {
            long count = claims.stream().filter(c -> c.verdict() == v).count();
            tally.add(new Tally(v, words.verdict(v), count, words.verdictMeans(v)));
        }
        boolean few =
                claims.stream().filter(c -> c.verdict() == Verdict.UNPROVEN).count() <= FEW_UNPROVEN;
        return new PageView(
                Sentence.pick(page.title(), language.tag(), page.authoritative()),
                Sentence.language(page.title(), language.tag(), page.authoritative()),
                state,
                HeadLine.of(open, words),
                tally,
                claims.stream()
                        .filter(c -> c.wrong() && (few || c.verdict() != Verdict.UNPROVEN))
                        .sorted(Comparator.comparing(ClaimView::verdict).reversed())
                        .limit(MOST_WRONG)
                        .toList(),
                sections(page, open, claims, language),
                page.documents().stream()
                        .map(d -> new DocumentView(
                                d.id(),
                                Sentence.pick(d.title(), language.tag(), page.authoritative()),
                                Sentence.language(d.title(), language.tag(), page.authoritative())))
                        .toList(),
                revisions.stream()
                        .flatMap(r -> r.lines().stream()
                                .filter(ChangeLine::permanent)
                                .map(l -> new PermanentLine(r.inForceSince(), r.number(), l)))
                        .toList());
    }

    /** What everybody may read. A claim for packets or members never reaches a template. */
    static List<ClaimState> open(PageState state) {
        return state.claims().stream()
                .filter(c -> c.claim().audience() == Audience.PUBLIC)
                .toList();
    }

    private static List<SectionView> sections(
            Page page, List<ClaimState> open, List<ClaimView> claims, SiteLanguage language) {
        var sections = new ArrayList<SectionView>();
        for (Page.Section section : page.sections()) {
            var within = new ArrayList<ClaimView>();
            for (int i = 0; i < open.size(); i++) {
                if (open.get(i).claim().section().equals(section.id())) {
                    within.add(claims.get(i));
                }
            }
            if (!within.isEmpty()) {
                sections.add(new SectionView(
                        section.id(),
                        Sentence.pick(section.title(), language.tag(), page.authoritative()),
                        Sentence.language(section.title(), language.tag(), page.authoritative()),
                        List.copyOf(within),
                        within.stream().filter(ClaimView::wrong).count()));
            }
        }
        return sections;
    }
}
