package dev.averment.server.evidence;

import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.packet.PacketContents;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** What can be shown of a log's past to somebody who has its checkpoint: that it only grew, and that it is anchored. */
public final class LogPast {
    /** How old the earlier checkpoints are that go along, besides the first one of all and the anchored one. */
    public static final List<Duration> AGES =
            List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

    private final LogReader logs;
    private final LogKey key;
    private final Anchor anchor;

    public LogPast(LogReader logs, LogKey key, Anchor anchor) {
        this.logs = logs;
        this.key = key;
        this.anchor = anchor;
    }

    /**
     * A log's past.
     *
     * @param earlier smallest first
     * @param anchor  the newest checkpoint in the anchor log, which is among {@code earlier} unless it is the present one
     */
    public record Past(List<PacketContents.Earlier> earlier, Optional<PacketContents.Anchor> anchor) {
        public Past {
            earlier = List.copyOf(earlier);
        }
    }

    /**
     * The past of a log.
     *
     * @param checkpoint its newest published one
     * @param prover     over its tiles, at that size
     * @param seen       size of a checkpoint that shall be among the earlier ones, if the log signed one
     */
    public Past of(UUID workspace, Checkpoint checkpoint, Prover prover, Instant now, OptionalLong seen)
            throws IOException, SQLException, NoteException, MerkleException {
        Map<Long, byte[]> notes = new TreeMap<>();
        List<Instant> moments = AGES.stream().map(now::minus).toList();
        for (byte[] note : logs.checkpoints(workspace, checkpoint.size(), moments)) {
            notes.put(Checkpoint.peek(note).size(), note);
        }
        if (seen.isPresent()) {
            Optional<byte[]> kept = logs.checkpoint(workspace, seen.getAsLong(), checkpoint.size());
            if (kept.isPresent()) {
                notes.put(seen.getAsLong(), kept.get());
            }
        }
        Optional<Anchor.Anchored> anchored = Optional.empty();
        Optional<PacketContents.Anchor> proof = Optional.empty();
        Optional<byte[]> head = logs.checkpoint(anchor.log());
        if (head.isPresent()) {
            Checkpoint over = Checkpoint.peek(head.get());
            anchored = anchor.newest(checkpoint.origin(), over.size(), checkpoint.size());
            if (anchored.isPresent()) {
                proof = Optional.of(new PacketContents.Anchor(
                        anchored.get().checkpoint().size(),
                        key.vkey(over.origin()),
                        anchored.get().seq(),
                        new Prover(logs.tiles(anchor.log()), over.size())
                                .inclusion(anchored.get().seq()),
                        head.get()));
            }
        }
        // As it stands in the anchor log, even if the table of checkpoints should say otherwise: that must come out.
        anchored.filter(a -> a.checkpoint().size() < checkpoint.size())
                .ifPresent(a -> notes.put(a.checkpoint().size(), a.note()));
        var earlier = new ArrayList<PacketContents.Earlier>();
        for (var note : notes.entrySet()) {
            earlier.add(new PacketContents.Earlier(note.getValue(), prover.consistency(note.getKey())));
        }
        return new Past(earlier, proof);
    }
}
