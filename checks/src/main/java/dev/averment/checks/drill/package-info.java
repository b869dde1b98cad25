/** What the checks of incidents and runs share: somebody in a workspace made for checks, who breaks something there. */
@NullMarked
package dev.averment.checks.drill;

import org.jspecify.annotations.NullMarked;
