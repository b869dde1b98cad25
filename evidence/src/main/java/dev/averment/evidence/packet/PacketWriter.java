package dev.averment.evidence.packet;

import dev.averment.evidence.dsse.Bundle;
import dev.averment.evidence.dsse.Statement;
import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonString;
import dev.averment.evidence.json.JsonValue;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.LeafTime;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.Vkey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes packets. What it writes has passed {@link PacketVerifier}: a packet that would be refused is never handed out. */
public final class PacketWriter {

    /** No character that means something to ssh-keygen's allowed_signers, or to a shell. */
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]{0,199}");

    private PacketWriter() {}

    /**
     * The packet as one ZIP file.
     *
     * @throws PacketException if the contents do not hold together: a proof that does not verify, a claim without its
     *     entries, a checkpoint of another log
     */
    public static byte[] write(PacketContents contents, PacketKeys keys) throws PacketException {
        Packet packet = new Packet(files(contents, keys));
        byte[] zip = packet.toBytes();
        PacketReport report =
                PacketVerifier.verify(zip, Trust.inLogKey(keys.log().vkey()), contents.created());
        for (PacketReport.Result result : List.of(
                report.integrity(), report.signature(), report.inclusion(), report.consistency(), report.anchoring())) {
            if (result.status() == PacketReport.Status.FAILS) {
                throw new PacketException("the contents do not make a packet: " + result.reason());
            }
        }
        return zip;
    }

    private static SortedMap<String, byte[]> files(PacketContents contents, PacketKeys keys) throws PacketException {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.open(contents.checkpoint(), keys.log().vkey());
        } catch (NoteException e) {
            throw new PacketException("the checkpoint is not the log's: " + e.getMessage());
        }
        String origin = checkpoint.origin();
        if (!ORIGIN.matcher(origin).matches()) {
            throw new PacketException(
                    "the log's origin has characters that ssh-keygen or a shell would misread: " + origin);
        }
        Page page = new Page(
                contents.pageId(),
                contents.title(),
                contents.organisation(),
                contents.created(),
                origin,
                checkpoint.size(),
                Page.sha256(contents.source()),
                contents.inForce(),
                contents.claims());

        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(PacketLayout.PAGE, page.bytes());
        files.put(PacketLayout.SOURCE, contents.source());
        for (Claim claim : page.claims()) {
            files.put(PacketLayout.claim(claim.id()), claimFile(claim, contents.details()));
        }
        files.put(PacketLayout.DECLARATIONS, Declarations.of(page));
        files.put(PacketLayout.CHECKPOINT, contents.checkpoint());
        for (PacketContents.Entry entry : contents.entries()) {
            files.put(PacketLayout.entry(entry.seq()), entry.leaf());
            files.put(
                    PacketLayout.proof(entry.seq()),
                    new TlogProof(extra(entry.disclosures()), entry.seq(), entry.inclusion(), contents.checkpoint())
                            .toBytes());
        }
        for (PacketContents.Earlier earlier : contents.earlier()) {
            long size = size(earlier.checkpoint());
            files.put(PacketLayout.earlier(size), earlier.checkpoint());
            files.put(PacketLayout.earlierProof(size), lines(earlier.consistency()));
        }
        contents.anchor().ifPresent(anchor -> {
            files.put(
                    PacketLayout.anchor(anchor.size()),
                    new TlogProof(Optional.empty(), anchor.index(), anchor.inclusion(), anchor.checkpoint()).toBytes());
            files.put(PacketLayout.ANCHOR_KEY, text(anchor.key() + "\n"));
        });
        files.put(PacketLayout.LOG_KEY, text(keys.log().vkey() + "\n"));
        files.put(PacketLayout.STATEMENT_KEY, text(keys.statement().publicKey().pem()));
        files.put(PacketLayout.VERIFY, VerifyGuide.bytes());
        String sshKey = SshSignature.publicKey(keys.ssh());
        files.put(PacketLayout.ALLOWED_SIGNERS, PacketLayout.allowedSigners(origin, sshKey));

        sign(files, page, keys, contents.anchor().map(PacketContents.Anchor::key));
        return files;
    }

    /** Adds what lists and signs the other files. */
    static void sign(SortedMap<String, byte[]> files, Page page, PacketKeys keys, Optional<Vkey> anchorKey) {
        byte[] sums = PacketLayout.sums(files);
        files.put(PacketLayout.SUMS, sums);
        files.put(PacketLayout.SUMS_SIGNATURE, text(SshSignature.sign(keys.ssh(), PacketLayout.SSH_NAMESPACE, sums)));
        Seal seal = new Seal(
                page.origin(),
                page.created(),
                Hash.sha256(sums),
                keys.statement().publicKey(),
                SshSignature.publicKey(keys.ssh()),
                anchorKey);
        files.put(PacketLayout.SEAL, seal.sign(keys.log()));
        files.put(PacketLayout.STATEMENT, Bundle.sign(statement(files, page), keys.statement()));
    }

    private static Statement statement(SortedMap<String, byte[]> files, Page page) {
        TreeMap<String, Hash> subjects = new TreeMap<>();
        files.forEach((name, bytes) -> subjects.put(name, Hash.sha256(bytes)));
        return new Statement(subjects, PacketLayout.PREDICATE_TYPE, predicate(page));
    }

    /** The verdicts again, inside what is signed: a reader of the statement alone sees which claims there were. */
    static JsonObject predicate(Page page) {
        return JsonObject.of(
                "page",
                page.id(),
                "created",
                LeafTime.format(page.created()),
                "log",
                JsonObject.of("origin", page.origin(), "size", page.size()),
                "claims",
                page.claims().stream()
                        .map(claim -> JsonObject.of(
                                "id",
                                claim.id(),
                                "verdict",
                                claim.verdict().word(),
                                "collected",
                                claim.collected().map(LeafTime::format).orElse(null),
                                "expires",
                                claim.expires().map(LeafTime::format).orElse(null)))
                        .toList());
    }

    private static byte[] claimFile(Claim claim, Map<String, JsonObject> details) {
        JsonObject json = JsonObject.of("claim", claim.json(), "detail", details.get(claim.id()));
        return text(json.toPrettyJson());
    }

    private static Optional<byte[]> extra(List<Disclosure> disclosures) {
        if (disclosures.isEmpty()) {
            return Optional.empty();
        }
        List<JsonValue> items = new ArrayList<>();
        disclosures.forEach(disclosure -> items.add(new JsonString(disclosure.encoded())));
        return Optional.of(new JsonArray(items).canonical());
    }

    private static long size(byte[] checkpoint) throws PacketException {
        try {
            return Checkpoint.peek(checkpoint).size();
        } catch (NoteException e) {
            throw new PacketException("an earlier checkpoint is malformed: " + e.getMessage());
        }
    }

    private static byte[] lines(List<Hash> hashes) {
        StringBuilder out = new StringBuilder();
        hashes.forEach(hash -> out.append(hash.base64()).append('\n'));
        return text(out.toString());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
