package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.ProviderService.Named;
import dev.averment.checks.target.ProviderService.Proof;
import dev.averment.evidence.json.JsonException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;

/** The token with which a service proves to Apple who it is ("Creating a client secret" in Apple's documentation). */
final class ClientToken {
    /** Six months, the longest that Apple takes. */
    private static final long LONGEST_SECONDS = 15_777_000;

    private ClientToken() {}

    static boolean good(String secret, Proof.Signed proof, Named provider) {
        try {
            Jwt token = Jwt.parse(secret);
            long life = token.payload().integer("exp") - token.payload().integer("iat");
            return token.header().string("alg").equals("ES256")
                    && token.header().string("kid").equals(proof.key())
                    && token.payload().string("iss").equals(proof.team())
                    && token.payload().string("sub").equals(provider.client())
                    && token.payload().string("aud").equals(provider.issuer().toString())
                    && life > 0
                    && life <= LONGEST_SECONDS
                    && verifies(secret, token, proof);
        } catch (CollectException | JsonException | GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean verifies(String secret, Jwt token, Proof.Signed proof) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(proof.verifies());
        signature.update(
                secret.substring(0, secret.lastIndexOf('.')).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token.signature()));
    }
}
