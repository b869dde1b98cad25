package dev.averment.server.publicsite;

import dev.averment.server.claims.PageState;
import dev.averment.server.claims.PublishedPages.ChangeLine;
import dev.averment.server.claims.PublishedPages.RevisionEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A page's changes as an Atom feed (RFC 4287): each turn of a verdict and each revision is an entry. An entry's id
 * depends on what happened and when, so that a reader's program shows each turn once. Addresses are whole: a feed is read
 * far from where it was fetched, and many readers resolve nothing.
 */
final class AtomFeed {

    private static final MediaType ATOM = MediaType.parseMediaType("application/atom+xml;charset=UTF-8");

    private static final int MOST = 50;

    private AtomFeed() {}

    private record Entry(String id, Instant updated, String title, String text, String href) {}

    /** @param base under which the world reaches this server */
    static Body of(PageState state, List<RevisionEntry> revisions, SiteLanguage language, Links links, URI base) {
        Words words = language.words();
        String title =
                Sentence.pick(state.page().title(), language.tag(), state.page().authoritative());
        var entries = new ArrayList<Entry>();
        for (var claim : PageView.open(state)) {
            @Nullable Instant since = claim.since();
            if (since != null) {
                String sentence = Sentence.of(
                                claim.claim(), language.tag(), state.page().authoritative())
                        .plain();
                entries.add(new Entry(
                        urn(state, claim.claim().id() + "|" + claim.verdict().word() + "|" + since),
                        since,
                        words.verdict(claim.verdict()) + ": " + sentence,
                        claim.reason(),
                        links.claim(claim.claim().id())));
            }
        }
        for (RevisionEntry r : revisions) {
            var text = new StringBuilder();
            for (ChangeLine line : r.lines()) {
                text.append(words.change(line.kind()))
                        .append(": ")
                        .append(line.claim())
                        .append('\n');
            }
            entries.add(new Entry(
                    urn(state, "revision|" + r.number()),
                    r.inForceSince(),
                    words.revision(r.number()) + ", " + words.inForceSince(r.inForceSince()),
                    text.isEmpty() ? words.firstRevision() : text.toString(),
                    links.history() + "#revision-" + r.number()));
        }
        entries.sort(Comparator.comparing(Entry::updated).reversed().thenComparing(Entry::id));
        Instant updated = entries.isEmpty() ? state.at() : entries.getFirst().updated();
        var xml = new Markup().open("feed", "xmlns", "http://www.w3.org/2005/Atom", "xml:lang", language.tag());
        xml.text("id", urn(state, "feed"))
                .text("title", title)
                .text("updated", updated.toString())
                .empty("link", "rel", "self", "type", "application/atom+xml", "href", whole(base, links.feed()))
                .empty("link", "rel", "alternate", "type", "text/html", "href", whole(base, links.document()));
        xml.open("author").text("name", title).close();
        for (Entry e : entries.subList(0, Math.min(MOST, entries.size()))) {
            xml.open("entry")
                    .text("id", e.id())
                    .text("title", e.title())
                    .text("updated", e.updated().toString())
                    .empty("link", "rel", "alternate", "type", "text/html", "href", whole(base, e.href()))
                    .text("content", e.text(), "type", "text")
                    .close();
        }
        return Body.of(xml.close().bytes(), ATOM);
    }

    private static String whole(URI base, String path) {
        return base.resolve(path).toString();
    }

    private static String urn(PageState state, String of) {
        String name = state.workspace() + "|" + state.page().id() + "|" + of;
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
