package dev.averment.evidence.packet;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.leaf.LeafException;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.Proofs;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.Vkey;
import dev.averment.evidence.packet.PacketReport.Result;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The part of a packet that rests on Merkle proofs. */
final class LogEvidence {

    /** Most earlier checkpoints in a packet; each costs a signature check. */
    static final int MAX_EARLIER = 64;

    private final Packet packet;
    private final Page page;
    private final Vkey logKey;
    private final Checkpoint checkpoint;

    LogEvidence(Packet packet, Page page, Vkey logKey, Checkpoint checkpoint) {
        this.packet = packet;
        this.page = page;
        this.logKey = logKey;
        this.checkpoint = checkpoint;
    }

    Result inclusion() {
        try {
            Map<Long, VerdictEvidence.Shown> entries = entries();
            for (Claim claim : page.claims()) {
                requireEntries(claim, entries);
            }
            new VerdictEvidence(packet, page, entries).require();
            return Result.holds("all " + entries.size() + " entries stand in the log of " + checkpoint.size()
                    + ", and no claim says better than they do, or in other words");
        } catch (PacketException e) {
            return Result.fails(String.valueOf(e.getMessage()));
        }
    }

    private Map<Long, VerdictEvidence.Shown> entries() throws PacketException {
        byte[] signed = packet.file(PacketLayout.CHECKPOINT);
        SortedMap<Long, byte[]> proofs = PacketLayout.proofs(packet.files());
        Map<Long, VerdictEvidence.Shown> entries = new TreeMap<>();
        for (Map.Entry<Long, byte[]> entry :
                PacketLayout.entries(packet.files()).entrySet()) {
            long seq = entry.getKey();
            String name = PacketLayout.entry(seq);
            byte[] proofFile = proofs.remove(seq);
            if (proofFile == null) {
                throw new PacketException(name + " has no proof");
            }
            TlogProof proof = TlogProof.parse(proofFile);
            if (proof.index() != seq) {
                throw new PacketException(PacketLayout.proof(seq) + " is the proof of entry " + proof.index());
            }
            if (!Arrays.equals(proof.checkpoint(), signed)) {
                throw new PacketException(PacketLayout.proof(seq) + " is for another checkpoint");
            }
            Hash hash = TreeHash.leaf(entry.getValue());
            if (!Proofs.inclusion(hash, seq, checkpoint.size(), proof.path(), checkpoint.root())) {
                throw new PacketException(name + " is not entry " + seq + " of the log of " + checkpoint.size());
            }
            entries.put(seq, shown(name, entry.getValue(), proof));
        }
        if (!proofs.isEmpty()) {
            throw new PacketException(PacketLayout.proof(proofs.firstKey()) + " has no entry");
        }
        return entries;
    }

    private VerdictEvidence.Shown shown(String name, byte[] bytes, TlogProof proof) throws PacketException {
        try {
            Leaf leaf = Leaf.parse(bytes);
            if (!leaf.log().equals(checkpoint.origin())) {
                throw new PacketException(name + " was written for log " + leaf.log()); // replay across tenants
            }
            List<Disclosure> shown = new ArrayList<>();
            if (proof.extra().isPresent()) {
                if (!(Json.parse(proof.extra().get()) instanceof JsonArray disclosures)) {
                    throw new PacketException(name + ": disclosures must be an array");
                }
                for (String encoded : disclosures.strings()) {
                    Disclosure disclosure = Disclosure.parse(encoded);
                    if (!disclosure.belongsTo(leaf)) {
                        throw new PacketException(
                                name + " does not commit to the disclosed value of " + disclosure.path());
                    }
                    shown.add(disclosure);
                }
            }
            return new VerdictEvidence.Shown(leaf, shown);
        } catch (LeafException | JsonException e) {
            throw new PacketException(name + ": " + e.getMessage());
        }
    }

    /** A verdict may not be fresher than the log: its newest entry bounds when it can have been collected. */
    private static void requireEntries(Claim claim, Map<Long, VerdictEvidence.Shown> entries) throws PacketException {
        Instant newest = Instant.MIN;
        for (long seq : claim.evidence()) {
            VerdictEvidence.Shown entry = entries.get(seq);
            if (entry == null) {
                throw new PacketException("claim " + claim.id() + " rests on entry " + seq + ", which is missing");
            }
            Instant recorded = entry.leaf().recordedAt();
            newest = recorded.isAfter(newest) ? recorded : newest;
        }
        if (!claim.evidence().isEmpty() && claim.collected().orElse(Instant.MIN).isAfter(newest)) {
            throw new PacketException("claim " + claim.id() + " says it was collected at "
                    + claim.collected().orElseThrow() + ", but its newest entry was recorded at " + newest);
        }
    }

    Result consistency(Optional<Checkpoint> seen) {
        try {
            List<Checkpoint> earlier = earlier();
            if (seen.isEmpty()) {
                return earlier.isEmpty()
                        ? Result.absent("no earlier checkpoint to compare with; keep this one for next time")
                        : Result.holds("the log grew from " + sizes(earlier)
                                + " without change; these checkpoints come from the packet itself");
            }
            Checkpoint known = seen.get();
            earlier.add(checkpoint);
            if (!known.origin().equals(checkpoint.origin())) {
                return Result.fails("the checkpoint you kept is of log " + known.origin());
            }
            if (known.size() > checkpoint.size()) {
                return Result.fails("the checkpoint you kept has size " + known.size() + ", this packet's only "
                        + checkpoint.size() + ": the log was rolled back, or the packet is older");
            }
            for (Checkpoint link : earlier) {
                if (link.size() == known.size()) {
                    return link.root().equals(known.root())
                            ? Result.holds("the log grew from the checkpoint you kept, of size " + known.size()
                                    + ", without change")
                            : Result.fails("history was rewritten: at size " + known.size()
                                    + " the log had another root when you saw it");
                }
            }
            return known.size() == 0
                    ? Result.holds("the checkpoint you kept was of the empty log")
                    : Result.absent("can't be told: the packet has no proof from size " + known.size()
                            + ", the checkpoint you kept; get one that has: …/packet.zip?seen=" + known.size());
        } catch (PacketException e) {
            return Result.fails(String.valueOf(e.getMessage()));
        }
    }

    private List<Checkpoint> earlier() throws PacketException {
        SortedMap<Long, byte[]> proofs = PacketLayout.earlierProofs(packet.files());
        SortedMap<Long, byte[]> notes = PacketLayout.earlier(packet.files());
        if (!notes.keySet().equals(proofs.keySet())) {
            throw new PacketException("an earlier checkpoint lacks its proof, or a proof its checkpoint");
        }
        if (notes.size() > MAX_EARLIER) {
            throw new PacketException("more than " + MAX_EARLIER + " earlier checkpoints");
        }
        List<Checkpoint> earlier = new ArrayList<>();
        for (Map.Entry<Long, byte[]> entry : notes.entrySet()) {
            String name = PacketLayout.earlier(entry.getKey());
            Checkpoint old;
            List<Hash> proof = new ArrayList<>();
            try {
                old = Checkpoint.open(entry.getValue(), logKey);
                String text = new String(proofs.get(entry.getKey()), StandardCharsets.UTF_8);
                for (String line : text.lines().toList()) {
                    proof.add(Hash.fromBase64(line));
                }
            } catch (NoteException | MerkleException e) {
                throw new PacketException(name + ": " + e.getMessage());
            }
            if (old.size() != entry.getKey()) {
                throw new PacketException(name + " is a checkpoint of size " + old.size());
            }
            if (old.size() >= checkpoint.size()) {
                throw new PacketException(
                        name + " is not earlier than the packet's checkpoint, of size " + checkpoint.size());
            }
            if (old.size() == 0) {
                throw new PacketException(name + " is of the empty log, from which any log may have grown");
            }
            if (!Proofs.consistency(old.size(), old.root(), checkpoint.size(), checkpoint.root(), proof)) {
                throw new PacketException("history was rewritten, or the proof is wrong: the log at size " + old.size()
                        + " is not shown to be a prefix of the log at size " + checkpoint.size());
            }
            earlier.add(old);
        }
        return earlier;
    }

    private static String sizes(List<Checkpoint> earlier) {
        return String.join(
                ", ", earlier.stream().map(old -> Long.toString(old.size())).toList());
    }

    /** Whether the checkpoint that the packet anchors is an entry of the anchor log. */
    Result anchoring(Optional<Vkey> vouched) {
        TreeMap<Long, byte[]> proofs = new TreeMap<>(PacketLayout.anchors(packet.files()));
        boolean key = packet.files().containsKey(PacketLayout.ANCHOR_KEY);
        if (proofs.isEmpty() && !key && vouched.isEmpty()) {
            return Result.absent("the packet has no anchor");
        }
        if (proofs.isEmpty() || !key || vouched.isEmpty()) {
            return Result.fails("an anchor needs its proof, its key, and the seal's word for that key; one is missing");
        }
        if (proofs.size() > 1) {
            return Result.fails("the packet has " + proofs.size() + " anchors; one says it all");
        }
        try {
            Map.Entry<Long, byte[]> proof = proofs.firstEntry();
            return anchored(proof.getKey(), proof.getValue(), vouched.get());
        } catch (PacketException | NoteException e) {
            return Result.fails(String.valueOf(e.getMessage()));
        }
    }

    private Result anchored(long size, byte[] proofFile, Vkey vouched) throws PacketException, NoteException {
        Vkey anchorKey = PacketVerifier.vkey(packet, PacketLayout.ANCHOR_KEY);
        if (!anchorKey.equals(vouched)) {
            return Result.fails("keys/anchor.vkey is not the anchor key that the log's key vouches for");
        }
        if (anchorKey.name().equals(checkpoint.origin())) {
            // It would fix nothing: whoever rewrites the log rewrites what it says of itself.
            return Result.fails("the anchor log is the log itself");
        }
        String name = size == checkpoint.size() ? PacketLayout.CHECKPOINT : PacketLayout.earlier(size);
        byte[] entry = packet.files().get(name);
        if (entry == null) {
            return Result.fails("the anchor is of a checkpoint of size " + size + ", which the packet does not have");
        }
        if (size != checkpoint.size()) {
            try {
                earlier();
            } catch (PacketException e) {
                // Without the link, an anchored checkpoint says nothing about the packet's.
                return Result.absent("not asked, since the earlier checkpoints do not hold");
            }
        }
        TlogProof proof = TlogProof.parse(proofFile);
        if (proof.extra().isPresent()) {
            return Result.fails("the anchor's proof has extra data, which nothing vouches for");
        }
        Checkpoint anchor = Checkpoint.open(proof.checkpoint(), anchorKey);
        if (!Proofs.inclusion(TreeHash.leaf(entry), proof.index(), anchor.size(), proof.path(), anchor.root())) {
            return Result.fails("the checkpoint of size " + size + " is not entry " + proof.index() + " of anchor log "
                    + anchor.origin());
        }
        return Result.holds(
                "the log at size " + size + " is entry " + proof.index() + " of anchor log " + anchor.origin()
                        + (size == checkpoint.size()
                                ? ""
                                : "; of the packet's " + checkpoint.size() + " entries, the last "
                                        + (checkpoint.size() - size) + " came after it"));
    }
}
