package dev.averment.server.claims;

import dev.averment.claims.Audience;
import dev.averment.claims.Claim;
import dev.averment.claims.PageExcerpt;
import dev.averment.claims.PageParser;
import dev.averment.claims.PageResult;
import dev.averment.evidence.merkle.Hash;
import dev.averment.server.claims.PublishedPages.ChangeLine;
import dev.averment.server.claims.PublishedPages.RevisionEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A page's revisions as the public may know them: no sentence that was not public at the time, and the digest of the file
 * as it is handed out, for that of the whole file would tell a guess at the rest from a miss.
 */
final class PublicRevisions {
    /** Revisions never change, so each is read once. */
    private final Map<String, Shown> read = new ConcurrentHashMap<>();

    /**
     * What a file showed to whom.
     *
     * @param audiences by claim
     * @param sha256    of the public excerpt, empty when there is none
     */
    private record Shown(Map<String, Audience> audiences, String sha256) {}

    /**
     * Those of {@code revisions} for the public.
     *
     * @param revisions every one, with every line
     * @param source    the file of a revision
     */
    List<RevisionEntry> of(PageState state, List<RevisionEntry> revisions, IntFunction<Optional<byte[]>> source) {
        return revisions.stream()
                .map(revision -> {
                    Shown is = shown(state, revision.number(), source);
                    Shown was = shown(state, revision.number() - 1, source);
                    return new RevisionEntry(
                            revision.number(),
                            revision.inForceSince(),
                            revision.asOf(),
                            is.sha256(),
                            revision.lines().stream()
                                    .flatMap(line -> line(state, line, was, is).stream())
                                    .distinct()
                                    .toList());
                })
                .toList();
    }

    private Shown shown(PageState state, int number, IntFunction<Optional<byte[]>> source) {
        if (number < 1) {
            return new Shown(Map.of(), "");
        }
        return read.computeIfAbsent(
                state.workspace() + "/" + state.page().id() + "/" + number,
                _ -> source.apply(number)
                        .flatMap(bytes -> PageParser.parse(state.page().id(), bytes) instanceof PageResult.Parsed parsed
                                ? Optional.of(parsed.page())
                                : Optional.empty())
                        .map(page -> {
                            var audiences = new HashMap<String, Audience>();
                            for (Claim claim : page.claims()) {
                                audiences.put(claim.id(), claim.audience());
                            }
                            return new Shown(
                                    audiences,
                                    PageExcerpt.of(page, Audience.PUBLIC)
                                            .map(bytes -> Hash.sha256(bytes).hex())
                                            .orElse(""));
                        })
                        // A file that only an earlier version could read: nobody can tell any more what of it was
                        // public.
                        .orElseGet(() -> new Shown(Map.of(), "")));
    }

    /** What is left of a line for the public, if anything. */
    private static Optional<ChangeLine> line(PageState state, ChangeLine line, Shown was, Shown is) {
        if (line.claim().equals(state.page().id()) && line.before() == null && line.after() == null) {
            return Optional.of(line); // the file as a whole changed, in ways that can't be told any more
        }
        boolean before = was.audiences().get(line.claim()) == Audience.PUBLIC;
        boolean after = is.audiences().get(line.claim()) == Audience.PUBLIC;
        // A claim that leaves the public is withdrawn; how it went on is no longer the public's.
        if (!after && !(before && line.kind().equals("withdrawn"))) {
            return Optional.empty();
        }
        return Optional.of(new ChangeLine(
                // The public sees a claim that is opened to it for the first time, whatever it said to others before.
                before ? line.kind() : "added",
                line.claim(),
                shownIf(before, line.before()),
                shownIf(after, line.after()),
                before && line.permanent()));
    }

    private static @Nullable String shownIf(boolean shown, @Nullable String sentence) {
        return shown ? sentence : null;
    }
}
