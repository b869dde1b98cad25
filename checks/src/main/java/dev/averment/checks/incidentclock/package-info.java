/** {@code incident-clock}: incidents of each severity, their deadlines, their owners, and what follows when one is missed. */
@NullMarked
package dev.averment.checks.incidentclock;

import org.jspecify.annotations.NullMarked;
