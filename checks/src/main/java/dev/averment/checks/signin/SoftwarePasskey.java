package dev.averment.checks.signin;

import dev.averment.evidence.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

/**
 * A passkey that is a program (Web Authentication, level 3): its key lies in this process, no manufacturer vouches for it, and
 * it says of itself what it is told to say.
 */
public final class SoftwarePasskey {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int PRESENT_AND_VERIFIED = 0x05;
    private static final int WITH_CREDENTIAL = 0x40;

    private final byte[] credential = random(32);
    private final String origin;
    private final String host;
    private final KeyPair key;
    private byte[] owner = new byte[0];
    private int counter = 10;

    /** @param site where it is enrolled and used */
    public SoftwarePasskey(URI site) {
        this.origin = site.getScheme() + "://" + site.getAuthority();
        this.host = site.getHost();
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What enrols it, for a challenge and the user's id out of creation options; the attestation says {@code none}. */
    public JsonObject enrolled(String name, String challenge, String userId) {
        return enrolled(name, challenge, userId, origin);
    }

    /** The same, as if a page of another site had asked. */
    public JsonObject enrolled(String name, String challenge, String userId, String otherOrigin) {
        owner = Base64.getUrlDecoder().decode(userId);
        var attestation = new ByteArrayOutputStream();
        attestation.write(0xa3);
        text(attestation, "fmt");
        text(attestation, "none");
        text(attestation, "attStmt");
        attestation.write(0xa0);
        text(attestation, "authData");
        bytes(attestation, authenticatorData(true));
        return JsonObject.of(
                "name", name,
                "clientDataJSON", encoded(clientData("webauthn.create", challenge, otherOrigin)),
                "attestationObject", encoded(attestation.toByteArray()),
                "transports", List.of("usb"));
    }

    /** What it answers to a challenge out of request options; its counter goes on. */
    public JsonObject signed(String challenge) {
        counter++;
        return answer(challenge);
    }

    /** The same with a counter that stands where it stood, as a copy of the key has it. */
    public JsonObject signedByCopy(String challenge) {
        return answer(challenge);
    }

    /** The same with a signature over something else; its counter stands. */
    public JsonObject signedWrongly(String challenge) {
        return answer(challenge).with("signature", encoded(signature(random(64))));
    }

    private JsonObject answer(String challenge) {
        byte[] client = clientData("webauthn.get", challenge, origin);
        byte[] data = authenticatorData(false);
        byte[] digest = sha256(client);
        byte[] signed = ByteBuffer.allocate(data.length + digest.length)
                .put(data)
                .put(digest)
                .array();
        return JsonObject.of(
                "id", encoded(credential),
                "clientDataJSON", encoded(client),
                "authenticatorData", encoded(data),
                "signature", encoded(signature(signed)),
                "userHandle", encoded(owner));
    }

    private static byte[] clientData(String type, String challenge, String origin) {
        return JsonObject.of("type", type, "challenge", challenge, "origin", origin, "crossOrigin", false)
                .canonical();
    }

    private byte[] authenticatorData(boolean withCredential) {
        var data = new ByteArrayOutputStream();
        data.writeBytes(sha256(host.getBytes(StandardCharsets.UTF_8)));
        data.write(PRESENT_AND_VERIFIED | (withCredential ? WITH_CREDENTIAL : 0));
        data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(counter).array());
        if (withCredential) {
            data.writeBytes(new byte[16]);
            data.writeBytes(ByteBuffer.allocate(Short.BYTES)
                    .putShort((short) credential.length)
                    .array());
            data.writeBytes(credential);
            var point = ((ECPublicKey) key.getPublic()).getW();
            // A COSE key (RFC 9053): kty EC2, alg ES256, crv P-256, x, y.
            data.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
            bytes(data, fixed(point.getAffineX()));
            data.write(0x22);
            bytes(data, fixed(point.getAffineY()));
        }
        return data.toByteArray();
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 | text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** CBOR (RFC 8949 §3) for lengths between 24 and 255. */
    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        out.write(0x58);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static String encoded(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
