/** {@code failure-drill}: a demo is made to fail, and the run, the incident, the attempt to alert and the recovery are looked for. */
@NullMarked
package dev.averment.checks.failuredrill;

import org.jspecify.annotations.NullMarked;
