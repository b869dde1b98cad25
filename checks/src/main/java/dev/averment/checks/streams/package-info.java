/** What the checks of streams share: somebody who follows one. */
@NullMarked
package dev.averment.checks.streams;

import org.jspecify.annotations.NullMarked;
