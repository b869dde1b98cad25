package dev.averment.evidence.packet;

import dev.averment.evidence.dsse.DsseException;
import dev.averment.evidence.dsse.StatementSigner;
import dev.averment.evidence.note.Ed25519;
import dev.averment.evidence.note.NoteSigner;
import java.security.KeyPair;

/**
 * What a packet is signed with.
 *
 * @param log the log's key: signs the seal, which vouches for the other two
 * @param statement signs the in-toto statement
 * @param ssh an Ed25519 pair that signs {@code sha256sums.txt}
 */
public record PacketKeys(NoteSigner log, StatementSigner statement, KeyPair ssh) {

    /** The log's key with new keys for the other two: they need not outlive the packet, since the seal names them. */
    public static PacketKeys under(NoteSigner log) {
        try {
            return new PacketKeys(log, new StatementSigner(StatementSigner.generateKeys()), Ed25519.generate());
        } catch (DsseException e) {
            throw new IllegalStateException("a key made for statements does not fit statements", e);
        }
    }
}
