package dev.averment.server.identity;

import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.session.KeyRing;
import dev.averment.server.identity.session.SessionPolicy;
import dev.averment.server.identity.session.SigningKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
