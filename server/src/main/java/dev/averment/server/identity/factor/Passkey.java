package dev.averment.server.identity.factor;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A passkey as its owner sees it.
 *
 * @param id             for this interface; the credential's own is of no use to people
 * @param model          AAGUID of the authenticator's model, all zero when it does not say; only an attestation proves it
 * @param format         of the attestation that came with it, {@code none} for most
 * @param backupEligible whether the key may leave the authenticator, as synchronised passkeys do
 * @param backedUp       whether it has, as of its last use
 * @param hardware       whether it is known to lie in a device that it can't leave: see {@link AttestationRoots}
 */
public record Passkey(
        UUID id,
        UUID account,
        String name,
        UUID model,
        String format,
        boolean backupEligible,
        boolean backedUp,
        boolean hardware,
        Set<String> transports,
        Instant made,
        Optional<Instant> used) {
    public Passkey {
        transports = Set.copyOf(transports);
    }
}
