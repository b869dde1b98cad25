package dev.averment.evidence.packet;

import dev.averment.evidence.dsse.Bundle;
import dev.averment.evidence.dsse.DsseException;
import dev.averment.evidence.dsse.Statement;
import dev.averment.evidence.dsse.StatementKey;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.Vkey;
import dev.averment.evidence.packet.PacketReport.Overall;
import dev.averment.evidence.packet.PacketReport.Result;
import dev.averment.evidence.packet.PacketReport.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Verifies packets: a pure function of the bytes, what the verifier trusts, and his clock.
 *
 * <p>The cost follows the packet, not the log: one hash path an entry, whether the log has a thousand entries or a thousand
 * million.
 */
public final class PacketVerifier {

    private static final Result NOT_REACHED = Result.absent("not asked, since the packet could not be read");

    private PacketVerifier() {}

    public static PacketReport verify(Path file, Trust trust, Instant now) throws IOException {
        try {
            return verify(Packet.read(file), trust, now);
        } catch (PacketException e) {
            return unreadable(e);
        }
    }

    public static PacketReport verify(byte[] zip, Trust trust, Instant now) {
        try {
            return verify(Packet.read(zip), trust, now);
        } catch (PacketException e) {
            return unreadable(e);
        }
    }

    private static PacketReport unreadable(PacketException e) {
        return new PacketReport(
                Overall.DOES_NOT_HOLD,
                Result.fails(String.valueOf(e.getMessage())),
                NOT_REACHED,
                NOT_REACHED,
                NOT_REACHED,
                NOT_REACHED,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static PacketReport verify(Packet packet, Trust trust, Instant now) {
        Page page;
        Statement claimed;
        try {
            page = integrity(packet);
            claimed = Statement.parse(
                    Bundle.parse(packet.file(PacketLayout.STATEMENT)).payload());
            sameContent(packet, page, claimed);
        } catch (PacketException e) {
            return unreadable(e);
        } catch (DsseException e) {
            return unreadable(new PacketException("statement.sigstore.json: " + e.getMessage()));
        }
        Result integrity = Result.holds("all " + packet.files().size()
                + " files match sha256sums.txt and the statement, and say the same of all "
                + page.claims().size() + " claims");

        Vkey logKey;
        Seal seal;
        Checkpoint checkpoint;
        try {
            logKey = logKey(packet, trust);
            seal = signatures(packet, page, logKey, trust);
            checkpoint = checkpoint(packet, page, logKey);
        } catch (PacketException e) {
            Result notReached = Result.absent("not asked, since the signatures do not hold");
            return new PacketReport(
                    Overall.DOES_NOT_HOLD,
                    integrity,
                    Result.fails(String.valueOf(e.getMessage())),
                    notReached,
                    notReached,
                    notReached,
                    FreshnessJudge.judge(page, now),
                    Optional.of(page),
                    Optional.empty());
        }
        Result signature = Result.holds(
                trust.hasKey()
                        ? "seal, statement, SSH signature and checkpoint hold under the key you gave"
                        : "seal, statement, SSH signature and checkpoint hold under the packet's own key " + logKey
                                + ", which anyone could have put there");
        LogEvidence evidence = new LogEvidence(packet, page, logKey, checkpoint);
        Result inclusion = evidence.inclusion();
        Result consistency = evidence.consistency(trust.seen());
        Result anchoring = evidence.anchoring(seal.anchor());
        List<PacketReport.Freshness> freshness = FreshnessJudge.judge(page, now);

        boolean fails =
                List.of(inclusion, consistency, anchoring).stream().anyMatch(result -> result.status() == Status.FAILS)
                        || freshness.stream().anyMatch(PacketReport.Freshness::lapsed);
        // Whoever gives a checkpoint asks whether the log grew from it; silence is no yes.
        boolean untold = trust.seen().isPresent() && consistency.status() == Status.ABSENT;
        Overall overall = fails
                ? Overall.DOES_NOT_HOLD
                : !trust.hasKey() ? Overall.INTEGRITY_ONLY : untold ? Overall.COULD_NOT_TELL : Overall.HOLDS;
        return new PacketReport(
                overall,
                integrity,
                signature,
                inclusion,
                consistency,
                anchoring,
                freshness,
                Optional.of(page),
                Optional.of(checkpoint));
    }

    /** The set of files, and each file's digest in sha256sums.txt. */
    private static Page integrity(Packet packet) throws PacketException {
        for (String name : packet.files().keySet()) {
            if (!PacketLayout.isKnown(name)) {
                throw new PacketException(name + " does not belong in a packet");
            }
        }
        for (String name : PacketLayout.REQUIRED) {
            packet.file(name);
        }
        String listed = new String(packet.file(PacketLayout.SUMS), StandardCharsets.UTF_8);
        String actual = new String(PacketLayout.sums(packet.files()), StandardCharsets.UTF_8);
        if (!listed.equals(actual)) {
            Set<String> known = listed.lines().collect(Collectors.toSet());
            String culprit = actual.lines()
                    .filter(line -> !known.contains(line))
                    .map(line -> line.substring(66))
                    .findFirst()
                    .orElse("a file that is no longer there");
            throw new PacketException("sha256sums.txt does not match " + culprit);
        }
        return Page.parse(packet.file(PacketLayout.PAGE));
    }

    /** Every place in which the packet speaks of claims must speak of the same ones: leaving one out has to be noticed. */
    private static void sameContent(Packet packet, Page page, Statement statement) throws PacketException {
        TreeMap<String, Hash> expected = new TreeMap<>();
        packet.files().forEach((name, bytes) -> {
            if (!name.equals(PacketLayout.STATEMENT)) {
                expected.put(name, Hash.sha256(bytes));
            }
        });
        if (!statement.subjects().keySet().equals(expected.keySet())) {
            throw new PacketException("the statement does not name exactly the other files of the packet");
        }
        for (Map.Entry<String, Hash> subject : statement.subjects().entrySet()) {
            if (!subject.getValue().equals(expected.get(subject.getKey()))) {
                throw new PacketException(subject.getKey() + " does not match its digest in the statement");
            }
        }
        if (!statement.predicateType().equals(PacketLayout.PREDICATE_TYPE)) {
            throw new PacketException("the statement is of predicate type " + statement.predicateType());
        }
        if (!statement.predicate().equals(PacketWriter.predicate(page))) {
            throw new PacketException("the statement's predicate does not say what page.json says");
        }
        if (!page.sourceSha256().equals(Page.sha256(packet.file(PacketLayout.SOURCE)))) {
            throw new PacketException("page.json belongs to another page.yaml");
        }
        SortedMap<String, byte[]> claims = PacketLayout.claims(packet.files());
        for (Claim claim : page.claims()) {
            byte[] file = claims.remove(claim.id());
            if (file == null) {
                throw new PacketException(PacketLayout.claim(claim.id()) + " is missing");
            }
            ClaimFile.requireSame(claim, file);
        }
        if (!claims.isEmpty()) {
            throw new PacketException("page.json leaves out claim " + claims.firstKey());
        }
        if (!Arrays.equals(packet.file(PacketLayout.DECLARATIONS), Declarations.of(page))) {
            throw new PacketException("declarations.cdx.json does not say the same of the same claims as page.json");
        }
        // People read it, and some run what they read.
        if (!Arrays.equals(packet.file(PacketLayout.VERIFY), VerifyGuide.bytes())) {
            throw new PacketException(
                    "VERIFY.md is not the guide that belongs to packets of this version: do not run it."
                            + " aver verify --print-guide prints it");
        }
    }

    private static Vkey logKey(Packet packet, Trust trust) throws PacketException {
        Vkey own = vkey(packet, PacketLayout.LOG_KEY);
        if (trust.logKey().isPresent() && !trust.logKey().get().equals(own)) {
            throw new PacketException("the packet is signed for log key " + own + ", not for the key you gave, "
                    + trust.logKey().get());
        }
        return own;
    }

    static Vkey vkey(Packet packet, String name) throws PacketException {
        String text = new String(packet.file(name), StandardCharsets.UTF_8);
        try {
            if (text.endsWith("\n")) {
                return Vkey.parse(text.substring(0, text.length() - 1));
            }
        } catch (NoteException e) {
            throw new PacketException(name + ": " + e.getMessage());
        }
        throw new PacketException(name + " must be one line");
    }

    private static Seal signatures(Packet packet, Page page, Vkey logKey, Trust trust) throws PacketException {
        Seal seal = Seal.open(packet.file(PacketLayout.SEAL), logKey);
        if (!seal.origin().equals(page.origin()) || !seal.created().equals(page.created())) {
            throw new PacketException("seal.note and page.json name different logs or times");
        }
        byte[] sums = packet.file(PacketLayout.SUMS);
        if (!seal.sums().equals(Hash.sha256(sums))) {
            throw new PacketException(
                    "seal.note seals other files: the log's key does not vouch for this sha256sums.txt");
        }
        try {
            StatementKey key =
                    StatementKey.fromPem(new String(packet.file(PacketLayout.STATEMENT_KEY), StandardCharsets.UTF_8));
            if (!key.equals(seal.statementKey())) {
                throw new PacketException("keys/statement.pem is not the statement key that the log's key vouches for");
            }
            if (trust.statementKey().isPresent() && !trust.statementKey().get().equals(key)) {
                throw new PacketException(
                        "the statement is signed with " + key + ", not with the statement key you gave");
            }
            Bundle.parse(packet.file(PacketLayout.STATEMENT)).open(key);
        } catch (DsseException e) {
            throw new PacketException("statement.sigstore.json: " + e.getMessage());
        }
        if (!Arrays.equals(
                packet.file(PacketLayout.ALLOWED_SIGNERS), PacketLayout.allowedSigners(page.origin(), seal.sshKey()))) {
            throw new PacketException("allowed_signers does not name the SSH key that the log's key vouches for");
        }
        String ssh = new String(packet.file(PacketLayout.SUMS_SIGNATURE), StandardCharsets.UTF_8);
        if (!SshSignature.verify(seal.sshKey(), PacketLayout.SSH_NAMESPACE, sums, ssh)) {
            throw new PacketException("sha256sums.txt.sig is not that key's signature over sha256sums.txt");
        }
        return seal;
    }

    private static Checkpoint checkpoint(Packet packet, Page page, Vkey logKey) throws PacketException {
        try {
            Checkpoint checkpoint = Checkpoint.open(packet.file(PacketLayout.CHECKPOINT), logKey);
            if (!checkpoint.origin().equals(page.origin()) || checkpoint.size() != page.size()) {
                throw new PacketException("page.json is about size " + page.size() + " of " + page.origin()
                        + ", the checkpoint about size " + checkpoint.size() + " of " + checkpoint.origin());
            }
            return checkpoint;
        } catch (NoteException e) {
            throw new PacketException("evidence/checkpoint: " + e.getMessage());
        }
    }
}
