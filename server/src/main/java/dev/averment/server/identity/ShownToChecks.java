package dev.averment.server.identity;

import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.AttestationRoots;
import dev.averment.server.identity.factor.RecoveryCodes;
import dev.averment.server.identity.session.KeyRing;
import dev.averment.server.identity.session.SessionPolicy;
import dev.averment.server.identity.session.SigningKeys;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the checks that look at this room are shown of it: its list of outcomes, and the keys that lie in the data folder. */
public final class ShownToChecks {
    /** The checks, as a service that calls others. */
    public static final String PROVER = "prover";

    private ShownToChecks() {}

    /** The action of every outcome that can be written down. */
    public static Set<String> outcomes() {
        return Arrays.stream(AuthOutcome.values()).map(AuthOutcome::action).collect(Collectors.toUnmodifiableSet());
    }

    /** The permission that the handler of a route declares, as a token's scope spells it. */
    public static Optional<String> needs(Method handler) {
        return Optional.ofNullable(handler.getAnnotation(Needs.class))
                .map(needs -> needs.value().word());
    }

    /** Every permission that a token may be given. */
    public static Set<String> scopes() {
        return Arrays.stream(Permission.values())
                .filter(Permission::delegable)
                .map(Permission::word)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The digest that is kept of a recovery code of {@code account}. */
    public static byte[] recoveryCodeDigest(UUID account, String code) {
        return RecoveryCodes.digest(account, code);
    }

    /** Whether a manufacturer that {@code data} trusts vouches that the key of a stored attestation can't leave its device. */
    public static boolean hardware(DataFolder data, byte[] attestation, Instant enrolled) throws IOException {
        return AttestationRoots.read(data.path(AttestationRoots.FILE)).vouchFor(attestation, enrolled);
    }

    /** HMAC-SHA256 under the key of access tokens that is named; empty when there is no such key. */
    public static Optional<byte[]> accessTokenMac(DataFolder data, String key, byte[] input) throws IOException {
        return KeyRing.kept(data, SigningKeys.ACCESS_TOKENS).stream()
                .filter(kept -> kept.id().equals(key))
                .findFirst()
                .map(kept -> kept.mac(input));
    }

    /**
     * How old the keys of cookies are, and how old they may be under {@code page}.
     *
     * @param count   of keys that are kept
     * @param newest  when the one that signs was made
     * @param life    after which it is replaced
     * @param overlap for which a replaced one still verifies
     */
    public record CookieKeys(int count, Instant newest, Duration life, Duration overlap) {}

    /** Empty before the first key was made. */
    public static Optional<CookieKeys> cookieKeys(DataFolder data, Page page) throws IOException {
        List<KeyRing.Key> keys = KeyRing.kept(data, SigningKeys.COOKIES);
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(new CookieKeys(
                        keys.size(),
                        keys.getLast().made(),
                        KeyRing.LIFE,
                        SessionPolicy.of(page).absolute()));
    }
}
