package dev.averment.checks.securitytxt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;

/**
 * A cleartext signature (RFC 9580 §7): the text as the signature covers it, and the signature itself.
 *
 * @param text  lines without the blanks at their ends, joined by CRLF, the last one without (§7.2)
 * @param armor the armoured signature
 */
record ClearSignature(String text, String armor) {

    /** What verifying gave. */
    sealed interface Outcome {
        /** @param fingerprint of the key, in capital hex digits */
        record Good(String fingerprint) implements Outcome {}

        /** @param reason a clause that follows "its signature" */
        record Bad(String reason) implements Outcome {}
    }

    /** @param lines the lines between the armour's headers and the signature, as they stand in the file */
    static ClearSignature of(List<String> lines, List<String> armor) {
        List<String> covered = new ArrayList<>();
        for (String line : lines) {
            String bare = line.replaceAll("[ \\t\\r]+$", "");
            covered.add(bare.startsWith("- ") ? bare.substring(2) : bare);
        }
        return new ClearSignature(String.join("\r\n", covered), String.join("\n", armor));
    }

    /**
     * Whether a key that may sign, and was neither revoked nor over at {@code now}, made this signature over this text.
     *
     * @param certificate an OpenPGP certificate, armoured or not, of a site that isn't trusted
     */
    Outcome verify(byte[] certificate, Instant now) {
        var openPgp = new BcOpenPGPApi();
        OpenPGPCertificate key;
        try {
            key = openPgp.readKeyOrCertificate().parseCertificate(certificate);
        } catch (IOException | RuntimeException e) {
            // The library throws what it likes at bytes that make no sense; all of it says the same here.
            return new Outcome.Bad("can't be verified, for the file under Encryption is no OpenPGP key");
        }
        List<OpenPGPDocumentSignature> signatures;
        try {
            signatures = openPgp.verifyDetachedSignature()
                    .addVerificationCertificate(key)
                    .addSignatures(new ByteArrayInputStream(armor.getBytes(StandardCharsets.UTF_8)))
                    .process(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            return new Outcome.Bad("is no OpenPGP signature");
        }
        if (signatures.isEmpty()) {
            return new Outcome.Bad("was made by another key than the one under Encryption");
        }
        for (OpenPGPDocumentSignature signature : signatures) {
            try {
                int kind = signature.getSignature().getSignatureType();
                boolean overText = kind == PGPSignature.CANONICAL_TEXT_DOCUMENT || kind == PGPSignature.BINARY_DOCUMENT;
                if (overText && signature.isTestedCorrect() && signature.isValidAt(Date.from(now))) {
                    return new Outcome.Good(fingerprint(key));
                }
            } catch (PGPException | RuntimeException e) {
                // One signature of several that is broken or refused by policy, such as one over SHA-1.
                continue;
            }
        }
        return new Outcome.Bad("does not hold: the text was changed after it was signed, or the key was not valid");
    }

    private static String fingerprint(OpenPGPCertificate key) {
        return java.util.HexFormat.of().formatHex(key.getFingerprint()).toUpperCase(Locale.ROOT);
    }
}
