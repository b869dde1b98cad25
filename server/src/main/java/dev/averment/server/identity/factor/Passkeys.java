package dev.averment.server.identity.factor;

import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Passkeys (Web Authentication, level 3): enrols them and verifies what they sign. The signatures of attestations are
 * verified in each format; whether their certificates lead to a trusted root is {@link AttestationRoots}' question, and a
 * passkey without any is as good as another one for whoever does not ask for hardware.
 */
public final class Passkeys {
    /** As many as anybody has; a bound on what one account may fill a table with. */
    public static final int MOST = 20;

    private static final int LARGEST = 16 << 10;
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.EdDSA),
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.RS256));
    private static final Set<String> TRANSPORTS = Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnRegistrationManager registrations = new WebAuthnRegistrationManager(
            List.of(
                    new NoneAttestationStatementVerifier(),
                    new PackedAttestationStatementVerifier(),
                    new FIDOU2FAttestationStatementVerifier(),
                    new TPMAttestationStatementVerifier(),
                    new AndroidKeyAttestationStatementVerifier(),
                    new AppleAnonymousAttestationStatementVerifier()),
            new NullCertPathTrustworthinessVerifier(),
            new DefaultSelfAttestationTrustworthinessVerifier(),
            converter);
    private final WebAuthnAuthenticationManager assertions = new WebAuthnAuthenticationManager(List.of(), converter);
    private final AttestationObjectConverter attestations = new AttestationObjectConverter(converter);

    private final PasskeyStore store = new PasskeyStore();
    private final Challenges challenges;
    private final RelyingParty party;
    private final AttestationRoots roots;
    private final InstantSource clock;

    public Passkeys(RelyingParty party, AttestationRoots roots, InstantSource clock) {
        this.challenges = new Challenges(clock);
        this.party = party;
        this.roots = roots;
        this.clock = clock;
    }

    /** What a browser made of a challenge when it enrolled a passkey. */
    public record Enrolment(byte[] clientData, byte[] attestation, List<String> transports) {}

    /** What a browser made of a challenge when it asked for a passkey; {@code userHandle} is empty where it gave none. */
    public record Assertion(
            byte[] credential, byte[] clientData, byte[] authenticatorData, byte[] signature, byte[] userHandle) {}

    /** How either ended. */
    public sealed interface Result {
        /** @param userVerified whether the authenticator asked for a fingerprint or PIN */
        record Accepted(Passkey passkey, boolean userVerified) implements Result {}

        /** @param reason one of a few words for the log, none of which says anything about the person */
        record Refused(String reason, Optional<UUID> account) implements Result {}

        /** The signature is good and the counter has not risen: somebody may hold a copy of the key. */
        record Regressed(Passkey passkey) implements Result {}
    }

    public RelyingParty party() {
        return party;
    }

    public static List<Long> algorithms() {
        return ALGORITHMS.stream().map(a -> a.getAlg().getValue()).toList();
    }

    /** What the browser is to have signed. */
    public byte[] challenge(JdbcClient jdbc, Ceremony ceremony) {
        return challenges.make(jdbc, ceremony);
    }

    /** A credential that a browser is told about: to use it, or to enrol no second one beside it. */
    public record Descriptor(byte[] credential, Set<String> transports) {}

    public List<Descriptor> descriptors(JdbcClient jdbc, UUID account) {
        return store.of(jdbc, account).stream()
                .map(row -> new Descriptor(row.credential(), row.passkey().transports()))
                .toList();
    }

    public List<Passkey> of(JdbcClient jdbc, UUID account) {
        return store.of(jdbc, account).stream().map(this::judged).toList();
    }

    public int count(JdbcClient jdbc, UUID account) {
        return store.count(jdbc, account);
    }

    public boolean rename(JdbcClient jdbc, UUID account, UUID passkey, String name) {
        return store.rename(jdbc, account, passkey, name);
    }

    public boolean remove(JdbcClient jdbc, UUID account, UUID passkey) {
        return store.delete(jdbc, account, passkey);
    }

    /** The bytes by which a passkey says whose it is: the account's random id, which says nothing else. */
    public static byte[] handle(UUID account) {
        return ByteBuffer.allocate(16)
                .putLong(account.getMostSignificantBits())
                .putLong(account.getLeastSignificantBits())
                .array();
    }

    /** Takes a new passkey in. */
    public Result enrol(JdbcClient jdbc, Ceremony ceremony, String name, Enrolment enrolment) {
        UUID account = ceremony.account().orElseThrow();
        if (enrolment.attestation().length > LARGEST) {
            return new Result.Refused("too-large", ceremony.account());
        }
        Set<String> transports =
                enrolment.transports().stream().filter(TRANSPORTS::contains).collect(Collectors.toUnmodifiableSet());
        Optional<RegistrationData> parsed = parsed(() -> registrations.parse(
                new RegistrationRequest(enrolment.attestation(), enrolment.clientData(), transports)));
        AttestationObject attestation =
                parsed.map(RegistrationData::getAttestationObject).orElse(null);
        AttestedCredentialData credential =
                attestation == null ? null : attestation.getAuthenticatorData().getAttestedCredentialData();
        if (parsed.isEmpty() || attestation == null || credential == null) {
            return new Result.Refused("malformed", ceremony.account());
        }
        Optional<byte[]> challenge = take(jdbc, ceremony, parsed.get().getCollectedClientData());
        if (challenge.isEmpty()) {
            return new Result.Refused("challenge", ceremony.account());
        }
        Optional<RuntimeException> fault = fault(() -> registrations.verify(
                parsed.get(),
                new RegistrationParameters(server(challenge.get()), ALGORITHMS, ceremony.userVerification())));
        if (fault.isPresent()) {
            return new Result.Refused(reason(fault.get()), ceremony.account());
        }
        AuthenticatorData<?> said = attestation.getAuthenticatorData();
        UUID model = credential.getAaguid().getValue();
        var row = new PasskeyStore.Row(
                credential.getCredentialId(),
                new Passkey(
                        UUID.randomUUID(),
                        account,
                        name,
                        model == null ? new UUID(0, 0) : model,
                        attestation.getFormat(),
                        said.isFlagBE(),
                        said.isFlagBS(),
                        false,
                        transports,
                        clock.instant(),
                        Optional.empty()),
                enrolment.attestation(),
                said.getSignCount());
        // A credential of an id that somebody has is refused, whoever it is: WebAuthn §7.1, step 26.
        return store.insert(jdbc, row)
                ? new Result.Accepted(judged(row), said.isFlagUV())
                : new Result.Refused("known-credential", ceremony.account());
    }

    /** Verifies what a passkey signed, and moves its counter on. */
    public Result verify(JdbcClient jdbc, Ceremony ceremony, Assertion assertion) {
        Optional<PasskeyStore.Row> found = store.find(jdbc, assertion.credential());
        Optional<UUID> owner = found.map(row -> row.passkey().account());
        Optional<AuthenticationData> parsed = parsed(() -> assertions.parse(new AuthenticationRequest(
                assertion.credential(),
                assertion.userHandle().length == 0 ? null : assertion.userHandle(),
                assertion.authenticatorData(),
                assertion.clientData(),
                assertion.signature())));
        AuthenticatorData<?> said =
                parsed.map(AuthenticationData::getAuthenticatorData).orElse(null);
        if (parsed.isEmpty() || said == null) {
            return new Result.Refused("malformed", owner);
        }
        Optional<byte[]> challenge = take(jdbc, ceremony, parsed.get().getCollectedClientData());
        if (challenge.isEmpty()) {
            return new Result.Refused("challenge", owner);
        }
        if (found.isEmpty() || !belongs(ceremony, found.get().passkey().account(), assertion.userHandle())) {
            return new Result.Refused("unknown-credential", Optional.empty());
        }
        PasskeyStore.Row row = found.get();
        var record = new CredentialRecordImpl(attestation(row), null, null, null);
        record.setCounter(row.signCount());
        Optional<RuntimeException> fault = fault(() -> assertions.verify(
                parsed.get(),
                new AuthenticationParameters(server(challenge.get()), record, null, ceremony.userVerification())));
        // The counter is looked at after the signature: nobody without the key can have its owner warned.
        if (fault.isPresent() && fault.get() instanceof MaliciousCounterValueException) {
            return new Result.Regressed(row.passkey());
        }
        if (fault.isPresent()) {
            return new Result.Refused(reason(fault.get()), owner);
        }
        return store.used(jdbc, row.credential(), said.getSignCount(), said.isFlagBS(), clock.instant())
                ? new Result.Accepted(judged(row), said.isFlagUV())
                : new Result.Regressed(row.passkey());
    }

    /** The bytes are a stranger's: whatever the parsers throw about them, and they throw many things, is a refusal. */
    private static <T> Optional<T> parsed(Supplier<T> parsing) {
        try {
            return Optional.of(parsing.get());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Why a verification failed; empty when it did not. What it throws beyond its own exceptions is a refusal as well. */
    private static Optional<RuntimeException> fault(Runnable verification) {
        try {
            verification.run();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    /** WebAuthn §7.2, step 6: the credential is of whoever the ceremony is about, or of whom the passkey names. */
    private static boolean belongs(Ceremony ceremony, UUID owner, byte[] userHandle) {
        boolean named = MessageDigest.isEqual(handle(owner), userHandle);
        return ceremony.account().isPresent()
                ? ceremony.account().get().equals(owner) && (named || userHandle.length == 0)
                : named;
    }

    private Optional<byte[]> take(JdbcClient jdbc, Ceremony ceremony, @Nullable CollectedClientData clientData) {
        if (clientData == null) {
            return Optional.empty();
        }
        byte[] challenge = clientData.getChallenge().getValue();
        return challenges.take(jdbc, challenge, ceremony) ? Optional.of(challenge) : Optional.empty();
    }

    private ServerProperty server(byte[] challenge) {
        return ServerProperty.builder()
                .origin(Origin.create(party.origin()))
                .rpId(party.id())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    private Passkey judged(PasskeyStore.Row row) {
        Passkey p = row.passkey();
        Instant enrolled = p.made();
        return new Passkey(
                p.id(),
                p.account(),
                p.name(),
                p.model(),
                p.format(),
                p.backupEligible(),
                p.backedUp(),
                roots.vouchFor(attestation(row), enrolled),
                p.transports(),
                p.made(),
                p.used());
    }

    private AttestationObject attestation(PasskeyStore.Row row) {
        return Objects.requireNonNull(attestations.convert(row.attestation()));
    }

    /** {@code BadOriginException} is {@code bad-origin}: the library's own few words. */
    private static String reason(RuntimeException e) {
        return e.getClass()
                .getSimpleName()
                .replaceAll("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
