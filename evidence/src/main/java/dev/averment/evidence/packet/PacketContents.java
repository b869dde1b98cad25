package dev.averment.evidence.packet;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.note.Vkey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes into a packet.
 *
 * @param pageId id of the page
 * @param title title of the page
 * @param organisation whose promises they are
 * @param source the page file in force, exact bytes
 * @param created when the packet is made
 * @param claims the claims that the reader may see
 * @param details per claim id what else is known (parameters, checks, expectations); ids without detail may be left out
 * @param checkpoint the log's signed checkpoint, exact bytes
 * @param inForce sequence number of the entry that put the page in force; it is among {@code entries}, and discloses the
 *     {@link Promises} to the reader
 * @param entries that entry and those that the claims rest on, with proofs for that checkpoint
 * @param earlier checkpoints published before, with proofs that they are prefixes
 * @param anchor inclusion of the checkpoint, or of one of the earlier ones, in the anchor log
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes, never compared as a record
public record PacketContents(
        String pageId,
        String title,
        String organisation,
        byte[] source,
        Instant created,
        List<Claim> claims,
        Map<String, JsonObject> details,
        byte[] checkpoint,
        long inForce,
        List<Entry> entries,
        List<Earlier> earlier,
        Optional<Anchor> anchor) {

    public PacketContents {
        claims = List.copyOf(claims);
        details = Map.copyOf(details);
        entries = List.copyOf(entries);
        earlier = List.copyOf(earlier);
    }

    /**
     * An entry of the log.
     *
     * @param seq its index in the log
     * @param leaf its exact bytes
     * @param inclusion its proof for the packet's checkpoint
     * @param disclosures values that it commits to and that the reader may see
     */
    @SuppressWarnings("ArrayRecordComponent") // exact bytes, never compared as a record
    public record Entry(long seq, byte[] leaf, List<Hash> inclusion, List<Disclosure> disclosures) {
        public Entry {
            inclusion = List.copyOf(inclusion);
            disclosures = List.copyOf(disclosures);
        }
    }

    /**
     * A checkpoint that was published earlier.
     *
     * @param checkpoint the signed note, exact bytes
     * @param consistency proof from it to the packet's checkpoint
     */
    @SuppressWarnings("ArrayRecordComponent") // exact bytes, never compared as a record
    public record Earlier(byte[] checkpoint, List<Hash> consistency) {
        public Earlier {
            consistency = List.copyOf(consistency);
        }
    }

    /**
     * A checkpoint as an entry of the anchor log: the entry's bytes are the signed note's bytes. Since a log is anchored a
     * while after it grew, that is rarely the packet's own checkpoint, and mostly an earlier one.
     *
     * @param size size of the anchored checkpoint: the packet's, or one of {@link PacketContents#earlier()}
     * @param key verifier key of the anchor log
     * @param index where it stands
     * @param inclusion its proof
     * @param checkpoint the anchor log's signed checkpoint, with whatever cosignatures it has
     */
    @SuppressWarnings("ArrayRecordComponent") // exact bytes, never compared as a record
    public record Anchor(long size, Vkey key, long index, List<Hash> inclusion, byte[] checkpoint) {
        public Anchor {
            inclusion = List.copyOf(inclusion);
        }
    }
}
