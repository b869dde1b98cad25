package dev.averment.server.identity.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.averment.server.database.LocalAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** With what this server proves to a provider who it is. The file is read at each use: a new one counts at once. */
public sealed interface ClientSecret {
    /** More than any secret has; a file that is longer is another file. */
    int LONGEST = 4096;

    /** The secret as it is at {@code now}; it may get into no log. */
    String at(Instant now) throws IOException;

    /** A secret that both sides keep. */
    record Shared(Path file) implements ClientSecret {
        @Override
        public String at(Instant now) throws IOException {
            String secret = read(file);
            if (secret.isEmpty()) {
                throw new IOException(file + " is empty");
            }
            return secret;
        }
    }

    /**
     * Apple's: a token that this server signs with its own key, good for five minutes ("Creating a client secret" in Apple's
     * documentation allows six months; a copy of ours is soon worth nothing).
     *
     * @param team   of the developer account
     * @param key    id of the key, as Apple gave it
     * @param client whom the token is about
     */
    record Signed(Path file, String team, String key, String client, String audience) implements ClientSecret {
        static final Duration LIFE = Duration.ofMinutes(5);

        @Override
        public String at(Instant now) throws IOException {
            read(file);
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key).build(),
                    new JWTClaimsSet.Builder()
                            .issuer(team)
                            .subject(client)
                            .audience(audience)
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(LIFE)))
                            .build());
            try {
                jwt.sign(new ECDSASigner(LocalAuthority.readKey(file), Curve.P_256));
                return jwt.serialize();
            } catch (GeneralSecurityException | JOSEException e) {
                throw new IOException(file + " holds no key of the curve P-256 in PKCS#8 (PEM)", e);
            }
        }
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException(file + " is longer than " + LONGEST + " bytes");
        }
        return Files.readString(file).strip();
    }
}
