package dev.averment.server.claims;

import dev.averment.claims.Audience;
import dev.averment.claims.PageExcerpt;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.packet.Claim;
import dev.averment.evidence.packet.PacketContents;
import dev.averment.evidence.packet.PacketException;
import dev.averment.evidence.packet.PacketKeys;
import dev.averment.evidence.packet.PacketWriter;
import dev.averment.evidence.packet.Verdict;
import dev.averment.server.claims.PageState.CheckState;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.claims.PublishedPages.PacketAnswer;
import dev.averment.server.evidence.LogKey;
import dev.averment.server.evidence.LogPast;
import dev.averment.server.evidence.LogReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the packet of a page: what the reader may see of it, with the entries that each verdict rests on. */
public final class PacketMaker {
    private static final Logger log = LoggerFactory.getLogger(PacketMaker.class);

    private final LogReader logs;
    private final LogKey key;
    private final LogPast past;
    private final InstantSource clock;
    private volatile String lastObstacle = "";

    public PacketMaker(LogReader logs, LogKey key, LogPast past, InstantSource clock) {
        this.logs = logs;
        this.key = key;
        this.past = past;
        this.clock = clock;
    }

    /** {@link #make} without an earlier checkpoint, and without the reason when there is no packet. */
    public Optional<byte[]> packet(PageState whole, Audience reader) {
        return make(whole, reader, OptionalLong.empty()).zip();
    }

    /**
     * The packet of a page as of now; there is none while the log has no published checkpoint that it fits, and when the page
     * has no claim for the reader.
     *
     * @param whole  the page with every claim
     * @param reader who gets the packet: {@code PUBLIC} or {@code PACKET}, for an internal claim leaves the house in none
     * @param seen   size of a signed checkpoint from which the log shall be proven to have grown, besides those that go along
     */
    public PacketAnswer make(PageState whole, Audience reader, OptionalLong seen) {
        if (reader == Audience.INTERNAL) {
            throw new IllegalArgumentException("internal claims go into no packet");
        }
        PageState state = whole.openTo(reader);
        Optional<byte[]> source = PageExcerpt.of(whole.page(), reader);
        if (source.isEmpty()) {
            return new PacketAnswer.Unavailable("No claim of the page is for this reader.");
        }
        try {
            UUID workspace = state.workspace();
            Optional<byte[]> note = logs.checkpoint(workspace);
            if (note.isEmpty()) {
                return new PacketAnswer.Unavailable(
                        "The log has no published checkpoint yet. Try again in a few seconds.");
            }
            Checkpoint checkpoint = Checkpoint.peek(note.get());
            if (seen.isPresent()
                    && seen.getAsLong() != checkpoint.size()
                    && logs.checkpoint(workspace, seen.getAsLong(), checkpoint.size())
                            .isEmpty()) {
                return new PacketAnswer.Unknown("The log signed no checkpoint over " + seen.getAsLong()
                        + " entries. Give the size that is the second line of the checkpoint you kept.");
            }
            PagePromises.Entry put = state.inForce();
            Optional<LogReader.Entry> inForce = put == null ? Optional.empty() : logs.entry(workspace, put.leaf());
            if (put == null || inForce.isEmpty() || inForce.get().seq() >= checkpoint.size()) {
                return new PacketAnswer.Unavailable(
                        "The entry that put the page in force has not reached a published checkpoint yet. Try again in a"
                                + " few seconds.");
            }
            long revised = inForce.get().seq();
            var prover = new Prover(logs.tiles(workspace), checkpoint.size());
            var entries = new HashMap<Long, PacketContents.Entry>();
            entries.put(
                    revised,
                    new PacketContents.Entry(
                            revised,
                            inForce.get().bytes(),
                            prover.inclusion(revised),
                            List.of(java.util.Objects.requireNonNull(
                                    put.promised().get(reader)))));
            var claims = new ArrayList<Claim>();
            var details = new HashMap<String, JsonObject>();
            for (ClaimState claim : state.claims()) {
                List<Long> evidence = new ArrayList<>();
                var shown = new HashSet<String>();
                for (CheckState check : claim.checks()) {
                    if (check.observation() != null) {
                        Optional<LogReader.Entry> entry =
                                logs.entry(workspace, check.observation().leaf());
                        if (entry.isPresent() && entry.get().seq() < checkpoint.size()) {
                            long seq = entry.get().seq();
                            evidence.add(seq);
                            shown.add(check.binding().id());
                            entries.put(
                                    seq,
                                    new PacketContents.Entry(
                                            seq, entry.get().bytes(), prover.inclusion(seq), List.of()));
                        }
                    }
                }
                boolean all = claim.checks().stream()
                                .filter(check -> check.observation() != null)
                                .count()
                        == evidence.size();
                claims.add(claim(state, claim, evidence, all));
                details.put(claim.claim().id(), PacketWords.detail(claim, shown));
            }
            Instant now = clock.instant();
            LogPast.Past earlier = past.of(workspace, checkpoint, prover, now, seen);
            var contents = new PacketContents(
                    state.page().id(),
                    PacketWords.title(state.page()),
                    state.page().id(),
                    source.get(),
                    now,
                    claims,
                    details,
                    note.get(),
                    revised,
                    entries.values().stream()
                            .sorted(java.util.Comparator.comparingLong(PacketContents.Entry::seq))
                            .toList(),
                    earlier.earlier(),
                    earlier.anchor());
            byte[] zip = PacketWriter.write(contents, PacketKeys.under(key.signer(checkpoint.origin())));
            lastObstacle = "";
            return new PacketAnswer.Zip(zip);
        } catch (FileNotFoundException e) {
            return unfit(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the anchor log can't be read: " + e.getMessage(), e);
        } catch (NoteException | MerkleException | PacketException e) {
            return unfit(e);
        }
    }

    /** Somebody altered what the log rests on, or set it back: there is no packet to give. Said once, not at every request. */
    private PacketAnswer unfit(Exception e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(lastObstacle)) {
            lastObstacle = reason;
            log.error("no packet can be made, the log does not fit its own checkpoint: {}", reason);
        }
        return new PacketAnswer.Unavailable("The log does not fit the checkpoint that it published (" + reason
                + "). The operator has to restore it.");
    }

    private static Claim claim(PageState state, ClaimState claim, List<Long> evidence, boolean all) {
        Verdict verdict = Verdict.valueOf(claim.verdict().name());
        // A proof that has not reached the log yet can't be shown to a reader who is offline: it counts as none.
        boolean missing = !all && (verdict.needsEvidence() || verdict == Verdict.STALE);
        Optional<Instant> collected = Optional.ofNullable(claim.observedAt());
        Optional<Instant> expires = claim.claim().exemption() != null && verdict == Verdict.EXEMPT
                ? Optional.of(claim.claim().exemption().until())
                : claim.checks().stream()
                        .filter(c -> c.observation() != null)
                        .map(c -> java.util.Objects.requireNonNull(c.observation())
                                .observedAt()
                                .plus(c.binding().valid()))
                        .min(Instant::compareTo);
        return new Claim(
                claim.claim().id(),
                PacketWords.sentence(state.page(), claim.claim()),
                claim.claim().owner(),
                missing ? Verdict.UNPROVEN : verdict,
                missing ? PacketWords.NOT_PUBLISHED : claim.reason(),
                collected,
                expires,
                evidence,
                claim.claim().maps(),
                claim.checks().stream()
                        .flatMap(c -> c.blindSpots().stream())
                        .distinct()
                        .toList());
    }
}
