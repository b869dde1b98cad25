package dev.averment.checks.target;

import dev.averment.checks.Target;
import java.net.URI;
import java.util.UUID;

/**
 * A workspace's evidence log.
 *
 * @param workspace whose log
 * @param origin    the checkpoint's first line
 * @param vkey      the verifier key, known from outside the log
 * @param base      where {@code checkpoint} and {@code tile/…} are served
 */
public record EvidenceLog(UUID workspace, String origin, String vkey, URI base) implements Target.Facility {}
