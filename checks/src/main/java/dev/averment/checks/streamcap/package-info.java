/** {@code stream-cap}: how many streams somebody may follow at once, and when a place is free again. */
@NullMarked
package dev.averment.checks.streamcap;

import org.jspecify.annotations.NullMarked;
