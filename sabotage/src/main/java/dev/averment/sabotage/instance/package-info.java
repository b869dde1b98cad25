/** A server of its own for one purpose, made and thrown away: what a proof without a target looks at, and where faults are planted. */
@NullMarked
package dev.averment.sabotage.instance;

import org.jspecify.annotations.NullMarked;
