/** The faults, by what they break. */
@NullMarked
package dev.averment.sabotage.faults;

import org.jspecify.annotations.NullMarked;
