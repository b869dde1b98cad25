package dev.averment.evidence.dsse;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A Sigstore bundle v0.3 with one DSSE signature by a plain public key, not yet checked.
 *
 * @param hint which key it says that it is signed with; decides nothing
 * @param payload the statement's bytes
 * @param signature over the pre-authentication encoding of the payload
 */
@SuppressWarnings("ArrayRecordComponent") // exact bytes, never compared as a record
public record Bundle(String hint, byte[] payload, byte[] signature) {

    static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /** Signs a statement and writes its bundle, as canonical JSON. */
    public static byte[] sign(Statement statement, StatementSigner signer) {
        byte[] payload = statement.json().canonical();
        return new Bundle(signer.publicKey().hint(), payload, signer.sign(pae(payload))).toBytes();
    }

    /** The DSSE v1 pre-authentication encoding of an in-toto payload: the bytes that are really signed. */
    public static byte[] pae(byte[] payload) {
        byte[] head = "DSSEv1 %d %s %d "
                .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, payload.length)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] pae = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, pae, head.length, payload.length);
        return pae;
    }

    byte[] toBytes() {
        Base64.Encoder base64 = Base64.getEncoder();
        return JsonObject.of(
                        "mediaType",
                        MEDIA_TYPE,
                        "verificationMaterial",
                        JsonObject.of("publicKey", JsonObject.of("hint", hint)),
                        "dsseEnvelope",
                        JsonObject.of(
                                "payload",
                                base64.encodeToString(payload),
                                "payloadType",
                                PAYLOAD_TYPE,
                                "signatures",
                                List.of(JsonObject.of("sig", base64.encodeToString(signature)))))
                .canonical();
    }

    /**
     * Reads a bundle of exactly the shape that {@link #sign} writes, byte for byte: one signature, no certificate, no log
     * entries. Anything looser would leave bytes in the file that no signature covers.
     */
    public static Bundle parse(byte[] bytes) throws DsseException {
        try {
            JsonObject json = Json.parseObject(bytes);
            if (!json.string("mediaType").equals(MEDIA_TYPE)) {
                throw new DsseException("the bundle is of type " + json.string("mediaType") + ", not " + MEDIA_TYPE);
            }
            json.requireOnly(Set.of("mediaType", "verificationMaterial", "dsseEnvelope"));
            JsonObject envelope = json.object("dsseEnvelope");
            if (!envelope.string("payloadType").equals(PAYLOAD_TYPE)) {
                throw new DsseException(
                        "the payload is of type " + envelope.string("payloadType") + ", not " + PAYLOAD_TYPE);
            }
            List<JsonObject> signatures = envelope.array("signatures").objects();
            if (signatures.size() != 1) {
                throw new DsseException("the bundle has " + signatures.size() + " signatures; exactly one is expected");
            }
            Bundle bundle = new Bundle(
                    json.object("verificationMaterial").object("publicKey").string("hint"),
                    Base64.getDecoder().decode(envelope.string("payload")),
                    Base64.getDecoder().decode(signatures.getFirst().string("sig")));
            if (!Arrays.equals(bundle.toBytes(), bytes)) {
                throw new DsseException("the bundle holds more than one signed statement, or is not in canonical form");
            }
            return bundle;
        } catch (JsonException | IllegalArgumentException e) {
            throw new DsseException("not a Sigstore bundle: " + e.getMessage());
        }
    }

    /** The statement, once the signature over it verifies with this key and the hint names it. */
    public Statement open(StatementKey key) throws DsseException {
        if (!hint.equals(key.hint())) {
            throw new DsseException("the bundle says it is signed with key " + hint + ", not with " + key.hint());
        }
        if (!key.verify(pae(payload), signature)) {
            throw new DsseException("the signature does not belong to this statement and key");
        }
        return Statement.parse(payload);
    }
}
