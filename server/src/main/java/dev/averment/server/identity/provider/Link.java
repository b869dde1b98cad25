package dev.averment.server.identity.provider;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That an account is somebody at a provider.
 *
 * @param label the mail address that the provider had for the person when the link was made; shown, and nothing else
 */
public record Link(
        UUID id, UUID account, String issuer, Optional<String> label, Instant made, Optional<Instant> used) {}
