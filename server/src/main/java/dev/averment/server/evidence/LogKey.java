package dev.averment.server.evidence;

import dev.averment.evidence.note.Ed25519;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.note.Vkey;
import dev.averment.server.database.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The key that signs checkpoints: Ed25519, in the data folder and never in the database, so that whoever rewrites the
 * database can't sign what he wrote. Each log's key name is its origin, as C2SP's tlog-checkpoint asks.
 */
public final class LogKey {
    private final byte[] pkcs8;

    private LogKey(byte[] pkcs8) {
        this.pkcs8 = pkcs8;
    }

    /** Reads the key, or makes it at first start. */
    public static LogKey open(DataFolder data) throws IOException {
        Path file = data.path("secrets", "log-signing.pk8");
        if (!Files.exists(file)) {
            DataFolder.writePrivate(file, Ed25519.generate().getPrivate().getEncoded());
        }
        return new LogKey(Files.readAllBytes(file));
    }

    public NoteSigner signer(String origin) {
        try {
            return NoteSigner.fromPkcs8(origin, pkcs8);
        } catch (NoteException e) {
            throw new IllegalStateException("secrets/log-signing.pk8 is not an Ed25519 key in PKCS#8", e);
        }
    }

    /** What a verifier pins for the log {@code origin}. */
    public Vkey vkey(String origin) {
        return signer(origin).vkey();
    }
}
