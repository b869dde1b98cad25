package dev.averment.server.identity.factor;

import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import com.webauthn4j.util.exception.WebAuthnException;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Manufacturers whose word is taken that a key lies in a device and can't leave it. Everything else that an authenticator
 * says about itself (its model, that it is no synchronised one) is written by whoever has the key, a program too: only a
 * signature under a certificate of its manufacturer proves it. So nothing counts as hardware until the operator has put
 * certificates of manufacturers into the data folder.
 */
public final class AttestationRoots {
    /** In the data folder: PEM certificates, one after the other. */
    public static final String FILE = "attestation-roots.pem";

    private static final long LARGEST = 4 << 20;

    private final Set<TrustAnchor> anchors;
    private final DefaultCertPathTrustworthinessVerifier paths;

    private AttestationRoots(Set<TrustAnchor> anchors) {
        this.anchors = Set.copyOf(anchors);
        this.paths = new DefaultCertPathTrustworthinessVerifier(new TrustAnchorRepository() {
            @Override
            public Set<TrustAnchor> find(AAGUID model) {
                return AttestationRoots.this.anchors;
            }

            @Override
            public Set<TrustAnchor> find(byte[] keyIdentifier) {
                return AttestationRoots.this.anchors;
            }
        });
    }

    /** Those of a file; none when it is not there. */
    public static AttestationRoots read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new AttestationRoots(Set.of());
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 4 MiB; keep the manufacturers in it that you buy from");
        }
        var anchors = new HashSet<TrustAnchor>();
        try {
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                anchors.add(new TrustAnchor((X509Certificate) certificate, null));
            }
        } catch (CertificateException e) {
            throw new IOException(
                    file + " can't be read: " + e.getMessage() + ". It takes PEM certificates, one after the other.",
                    e);
        }
        return new AttestationRoots(anchors);
    }

    public int size() {
        return anchors.size();
    }

    /** The same for an attestation object as it is stored; false for bytes that are none. */
    public boolean vouchFor(byte[] attestation, Instant enrolled) {
        try {
            AttestationObject object = new AttestationObjectConverter(new ObjectConverter()).convert(attestation);
            return object != null && vouchFor(object, enrolled);
        } catch (RuntimeException e) {
            // Whoever can write rows can write bytes that are none: the parser throws many things about them.
            return false;
        }
    }

    /**
     * Whether a manufacturer vouches that the key of this attestation can't leave its device. The signature was verified when
     * the passkey was enrolled; the path to a root is built anew each time, so that a root that is taken away counts no more.
     *
     * @param enrolled when certificates had to be valid: devices outlive them
     */
    boolean vouchFor(AttestationObject attestation, Instant enrolled) {
        AttestedCredentialData credential = attestation.getAuthenticatorData().getAttestedCredentialData();
        if (anchors.isEmpty()
                || credential == null
                || attestation.getAuthenticatorData().isFlagBE()
                || !(attestation.getAttestationStatement() instanceof CertificateBaseAttestationStatement statement)
                || statement.getX5c() == null) {
            return false;
        }
        try {
            paths.verify(credential.getAaguid(), statement, enrolled);
            return true;
        } catch (WebAuthnException e) {
            return false;
        }
    }
}
