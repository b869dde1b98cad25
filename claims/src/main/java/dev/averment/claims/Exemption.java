package dev.averment.claims;

import java.time.Instant;

/** A claim waived in public: until when, why, and who stands behind it. After {@code until} it counts for nothing. */
public record Exemption(Instant until, String reason, String by) {}
