/**
 * What caches may keep. Shows that signed-in answers forbid storing, and that answers that may be stored carry no cookie
 * and don't depend on who asks; does not show what a cache in between does in spite of that.
 */
@NullMarked
package dev.averment.checks.cacherules;

import org.jspecify.annotations.NullMarked;
