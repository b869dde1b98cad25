package dev.averment.evidence.note;

import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.MerkleException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log commits to: its origin, how many entries it has, and the root over them.
 *
 * @param origin the log's name, and by our rule also the name of its key
 * @param size entries, from 0
 * @param root Merkle root at that size
 */
public record Checkpoint(String origin, long size, Hash root) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        if (!Vkey.isName(origin) || size < 0) {
            throw new IllegalArgumentException("a checkpoint has an origin without spaces and a size from 0");
        }
    }

    /** The three lines that get signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /** The signed note. The signer's name must be the origin, as tlog-tiles asks for. */
    public byte[] sign(NoteSigner signer) {
        if (!signer.vkey().name().equals(origin)) {
            throw new IllegalArgumentException("key " + signer.vkey().name() + " must not sign for log " + origin);
        }
        return signer.sign(text());
    }

    /** Parses a checkpoint's text; extension lines are refused, since nobody here would know what they promise. */
    public static Checkpoint parse(String text) throws NoteException {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw new NoteException("a checkpoint has three lines: origin, size, root");
        }
        if (!Vkey.isName(lines[0])) {
            throw new NoteException("the checkpoint's origin is empty or has spaces");
        }
        if (!SIZE.matcher(lines[1]).matches()) {
            throw new NoteException("the checkpoint's size is not a decimal without leading zeros");
        }
        try {
            return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.fromBase64(lines[2]));
        } catch (NumberFormatException e) {
            throw new NoteException("the checkpoint's size is beyond 2^63");
        } catch (MerkleException e) {
            throw new NoteException("the checkpoint's root is " + e.getMessage());
        }
    }

    /** Opens a signed checkpoint of the log that the key is named after. */
    public static Checkpoint open(byte[] note, Vkey logKey) throws NoteException {
        Checkpoint checkpoint = parse(Note.open(note, List.of(logKey)));
        if (!checkpoint.origin.equals(logKey.name())) {
            throw new NoteException("the checkpoint is of log " + checkpoint.origin + ", not of " + logKey.name());
        }
        return checkpoint;
    }

    /** Reads a signed checkpoint without checking who signed it: for showing, and for finding out which key to ask for. */
    public static Checkpoint peek(byte[] note) throws NoteException {
        return parse(Note.parse(note).text());
    }
}
