package dev.averment.evidence.packet;

import dev.averment.evidence.dsse.DsseException;
import dev.averment.evidence.dsse.StatementKey;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.leaf.LeafTime;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.note.Note;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.note.Vkey;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code seal.note}: why one pinned key is enough.
 *
 * <p>Three formats with three keys sign a packet, because each serves readers with other tools. Asking a buyer to pin
 * three keys would end in him pinning none. So the log key, which he must have anyway, signs a note that names the other
 * keys <em>and</em> the digest of {@code sha256sums.txt}:
 *
 * <ul>
 *   <li>log key → checkpoint → every entry, by inclusion proof;
 *   <li>log key → seal → digest of sha256sums.txt → every content file;
 *   <li>log key → seal → statement key, SSH key, anchor log's key → what those sign.
 * </ul>
 *
 * <p>Since the seal covers this packet's contents and not only the keys, a stolen statement or SSH key signs no packet
 * that a holder of the pinned log key would accept. The first line sets the note apart from a checkpoint: a checkpoint's
 * first line is an origin and its second a number, a seal's second line never is.
 *
 * @param origin the log that seals
 * @param created when
 * @param sums SHA-256 of {@code sha256sums.txt}
 * @param statementKey key of the statement
 * @param sshKey the SSH public key blob in base64
 * @param anchor key of the anchor log
 */
record Seal(
        String origin, Instant created, Hash sums, StatementKey statementKey, String sshKey, Optional<Vkey> anchor) {

    static final String FIRST_LINE = "averment.dev/packet-seal/v1";

    private static final Pattern TEXT = Pattern.compile(Pattern.quote(FIRST_LINE) + "\n"
            + "origin (\\S+)\n"
            + "created (\\S+)\n"
            + "sha256sums\\.txt ([0-9a-f]{64})\n"
            + "statement (\\S+)\n"
            + "ssh (\\S+)\n"
            + "(?:anchor (\\S+)\n)?");

    String text() {
        return FIRST_LINE + "\n"
                + "origin " + origin + "\n"
                + "created " + LeafTime.format(created) + "\n"
                + "sha256sums.txt " + sums.hex() + "\n"
                + "statement " + Base64.getEncoder().encodeToString(statementKey.spki()) + "\n"
                + "ssh " + sshKey + "\n"
                + anchor.map(key -> "anchor " + key + "\n").orElse("");
    }

    byte[] sign(NoteSigner log) {
        return log.sign(text());
    }

    static Seal open(byte[] note, Vkey logKey) throws PacketException {
        try {
            Seal seal = parse(Note.open(note, List.of(logKey)));
            if (!seal.origin.equals(logKey.name())) {
                throw new PacketException("seal.note is for log " + seal.origin + ", not for " + logKey.name());
            }
            return seal;
        } catch (NoteException e) {
            throw new PacketException("seal.note: " + e.getMessage());
        }
    }

    static Seal parse(String text) throws PacketException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new PacketException("seal.note is not a seal of version 1");
        }
        try {
            String anchor = matcher.group(6);
            Seal seal = new Seal(
                    matcher.group(1),
                    LeafTime.parse(matcher.group(2)),
                    Hash.of(HexFormat.of().parseHex(matcher.group(3))),
                    StatementKey.fromSpki(Base64.getDecoder().decode(matcher.group(4))),
                    matcher.group(5),
                    anchor == null ? Optional.empty() : Optional.of(Vkey.parse(anchor)));
            if (seal.text().equals(text)) {
                return seal;
            }
        } catch (JsonException | DsseException | NoteException | IllegalArgumentException e) {
            throw new PacketException("seal.note: " + e.getMessage());
        }
        throw new PacketException("seal.note is not in its one form");
    }
}
