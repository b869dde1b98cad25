package dev.averment.evidence.packet;

import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.MerkleException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An inclusion proof as a file: {@code c2sp.org/tlog-proof@v1}.
 *
 * @param extra opaque bytes that the proof does not authenticate; here, disclosures
 * @param index where the entry stands
 * @param path sibling hashes from the leaf up
 * @param checkpoint the signed checkpoint, exact bytes
 */
public record TlogProof(Optional<byte[]> extra, long index, List<Hash> path, byte[] checkpoint) {

    private static final String HEAD = "c2sp.org/tlog-proof@v1";
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,17})");

    /** A tree below 2^63 has no longer path. */
    private static final int MAX_PATH = 63;

    /** Longest file: disclosures of a leaf, and a checkpoint. */
    private static final int MAX_BYTES = 2_000_000;

    public TlogProof {
        path = List.copyOf(path);
    }

    public byte[] toBytes() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        extra.ifPresent(bytes -> text.append("extra ")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append('\n'));
        text.append("index ").append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        text.append('\n');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(checkpoint);
        return out.toByteArray();
    }

    /** Reads a proof in the one form that {@link #toBytes()} gives. */
    public static TlogProof parse(byte[] bytes) throws PacketException {
        if (bytes.length > MAX_BYTES) {
            throw new PacketException("a tlog-proof of " + bytes.length + " bytes is over the limit of " + MAX_BYTES);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PacketException("a tlog-proof is UTF-8");
        }
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new PacketException("a tlog-proof has a blank line before its checkpoint");
        }
        List<String> lines =
                new ArrayList<>(Arrays.asList(text.substring(0, blank).split("\n", -1)));
        if (!lines.removeFirst().equals(HEAD)) {
            throw new PacketException("a tlog-proof starts with " + HEAD);
        }
        try {
            Optional<byte[]> extra = Optional.empty();
            if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
                extra = Optional.of(
                        Base64.getDecoder().decode(lines.removeFirst().substring(6)));
            }
            if (lines.isEmpty() || !INDEX.matcher(lines.getFirst()).matches() || lines.size() > MAX_PATH + 1) {
                throw new PacketException("a tlog-proof has an index line and at most " + MAX_PATH + " hashes");
            }
            long index = Long.parseLong(lines.removeFirst().substring(6));
            List<Hash> path = new ArrayList<>();
            for (String line : lines) {
                path.add(Hash.fromBase64(line));
            }
            byte[] checkpoint = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
            TlogProof proof = new TlogProof(extra, index, path, checkpoint);
            if (Arrays.equals(proof.toBytes(), bytes)) {
                return proof;
            }
        } catch (MerkleException | IllegalArgumentException e) {
            throw new PacketException("tlog-proof: " + e.getMessage());
        }
        throw new PacketException("a tlog-proof must be in its one form");
    }
}
