package dev.averment.server.claims;

import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the public site reads. Nothing here needs a signed-in person, and nothing internal comes out of it. */
public interface PublishedPages {

    /** Ids of the published pages, the operator's own first. */
    List<String> ids();

    /** The page as it stands now, from memory. */
    Optional<PageState> page(String id);

    /** Spans of one verdict each, oldest first, touching, the last one open-ended. */
    List<VerdictSpan> history(String page, String claim, Instant from);

    /** The same for every public claim of a page, by claim, in one look. */
    Map<String, List<VerdictSpan>> histories(String page, Instant from);

    /** The latest observation of a check with its facts and, once integrated, its proof. */
    Optional<ObservationDetail> observation(String page, String claim, String check);

    /** Every revision, newest first, with what changed for the public. */
    List<RevisionEntry> revisions(String page);

    /** One revision as it was; its file is an excerpt if there are claims for other readers. */
    Optional<Page> revision(String page, int number);

    /** Entries of the register {@code sub-processors}. */
    List<Map<String, String>> subProcessors(String page);

    /**
     * The packet for everybody.
     *
     * @param seen size of an earlier checkpoint of the log, from which the packet shall prove that the log grew
     */
    PacketAnswer packet(String page, OptionalLong seen);

    /** A packet, or why there is none. */
    sealed interface PacketAnswer {
        /** Bytes of the ZIP. */
        record Zip(byte[] bytes) implements PacketAnswer {}

        /** What was asked for is not there, and asking again won't help. */
        record Unknown(String reason) implements PacketAnswer {}

        /** There is none now. */
        record Unavailable(String reason) implements PacketAnswer {}

        default Optional<byte[]> zip() {
            return this instanceof Zip(byte[] bytes) ? Optional.of(bytes) : Optional.empty();
        }
    }

    record VerdictSpan(
            Verdict verdict, Instant from, @Nullable Instant to) {}

    /**
     * @param factsJson what was seen, pretty-printed JSON
     * @param leafJson  the leaf's exact bytes as text
     * @param proof     c2sp.org/tlog-proof text, absent until the leaf is integrated
     */
    record ObservationDetail(
            UUID leaf,
            @Nullable Long seq,
            Instant observedAt,
            Instant receivedAt,
            String factsJson,
            String leafJson,
            @Nullable String proof) {}

    /**
     * @param sha256 of the file as {@link #revision} gives it; empty when it gives none
     * @param lines what changed against the revision before; loosened and withdrawn lines stay on the page for good
     */
    record RevisionEntry(int number, Instant inForceSince, LocalDate asOf, String sha256, List<ChangeLine> lines) {}

    /**
     * @param kind      added, withdrawn, reworded, loosened, tightened, rebound, changed
     * @param permanent true for loosened and withdrawn
     */
    record ChangeLine(
            String kind,
            String claim,
            @Nullable String before,
            @Nullable String after,
            boolean permanent) {}
}
