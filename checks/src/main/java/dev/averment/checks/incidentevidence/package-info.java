/** {@code incident-evidence}: what is kept of an incident that a failing run opens, who sees it, and a secret in the run's output. */
@NullMarked
package dev.averment.checks.incidentevidence;

import org.jspecify.annotations.NullMarked;
