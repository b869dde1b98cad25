/**
 * The list of sub-processors. Shows that the register and the published page agree, entry by entry and field by field;
 * does not show that the register is complete.
 */
@NullMarked
package dev.averment.checks.subprocessors;

import org.jspecify.annotations.NullMarked;
