package dev.averment.evidence.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * A signed note whose signatures have not been checked.
 *
 * @param text what is signed, ending in a newline
 * @param signatures its signature lines in order
 */
public record Note(String text, List<Line> signatures) {

    /** Longest note accepted, in bytes. */
    public static final int MAX_BYTES = 1_000_000;

    /** Most signature lines accepted; each may cost one Ed25519 verification. */
    public static final int MAX_SIGNATURES = 64;

    private static final String MARK = "\u2014 ";

    /**
     * One signature line.
     *
     * @param name name of the key
     * @param keyId first four bytes of the key's fingerprint
     * @param signature the bytes after the key ID
     */
    @SuppressWarnings("ArrayRecordComponent") // exact bytes, never compared as a record
    public record Line(String name, int keyId, byte[] signature) {}

    public Note {
        signatures = List.copyOf(signatures);
    }

    /** Splits a note at its last blank line. */
    public static Note parse(byte[] bytes) throws NoteException {
        String whole = decode(bytes);
        int split = whole.lastIndexOf("\n\n");
        if (split < 0) {
            throw new NoteException("a note has a blank line between text and signatures");
        }
        String text = whole.substring(0, split + 1);
        String tail = whole.substring(split + 2);
        if (tail.isEmpty() || !tail.endsWith("\n")) {
            throw new NoteException("a note ends with signature lines, each with its newline");
        }
        List<Line> lines = new ArrayList<>();
        for (String line : tail.substring(0, tail.length() - 1).split("\n", -1)) {
            if (lines.size() == MAX_SIGNATURES) {
                throw new NoteException("a note of more than " + MAX_SIGNATURES + " signatures");
            }
            lines.add(line(line));
        }
        return new Note(text, lines);
    }

    private static Line line(String line) throws NoteException {
        int space = line.indexOf(' ', MARK.length());
        if (line.startsWith(MARK) && space > 0 && Vkey.isName(line.substring(MARK.length(), space))) {
            String encoded = line.substring(space + 1);
            try {
                byte[] payload = Base64.getDecoder().decode(encoded);
                if (payload.length > 4
                        && Base64.getEncoder().encodeToString(payload).equals(encoded)) {
                    ByteBuffer buffer = ByteBuffer.wrap(payload);
                    int keyId = buffer.getInt();
                    byte[] signature = new byte[buffer.remaining()];
                    buffer.get(signature);
                    return new Line(line.substring(MARK.length(), space), keyId, signature);
                }
            } catch (IllegalArgumentException e) {
                // falls through to the refusal below
            }
        }
        throw new NoteException("malformed signature line; it must read: \u2014 name base64");
    }

    private static String decode(byte[] bytes) throws NoteException {
        if (bytes.length > MAX_BYTES) {
            throw new NoteException("a note of " + bytes.length + " bytes is over the limit of " + MAX_BYTES);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NoteException("a note must be valid UTF-8");
        }
        if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new NoteException("a note has no control characters but the newline");
        }
        return text;
    }

    /**
     * The text, once at least one line by a key in {@code known} verifies. Unknown keys are ignored, so that a log may add
     * signatures; a known key whose line does not verify refuses the note, whatever the other lines say.
     */
    public static String open(byte[] bytes, Collection<Vkey> known) throws NoteException {
        Note note = parse(bytes);
        byte[] message = note.text.getBytes(StandardCharsets.UTF_8);
        int verified = 0;
        for (Line line : note.signatures) {
            for (Vkey vkey : known) {
                if (vkey.keyId() == line.keyId && vkey.name().equals(line.name)) {
                    if (!vkey.verify(message, line.signature)) {
                        throw new NoteException("the signature by " + vkey.name() + " does not belong to this text");
                    }
                    verified++;
                }
            }
        }
        if (verified == 0) {
            throw new NoteException("the note is not signed by a key that you trust ("
                    + String.join(", ", known.stream().map(Vkey::name).toList()) + "); it is signed by "
                    + String.join(", ", note.signatures.stream().map(Line::name).toList()));
        }
        return note.text;
    }

    static void requireText(String text) {
        boolean fits = text.length() > 1 && text.endsWith("\n") && text.chars().noneMatch(c -> c < 0x20 && c != '\n');
        if (!fits || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("a note's text ends in a newline and has no other control characters");
        }
    }
}
