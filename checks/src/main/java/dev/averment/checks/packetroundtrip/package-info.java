/**
 * The packet that a buyer downloads. Shows that it verifies offline under the key known from elsewhere, and that a byte
 * altered in any of its files is noticed; does not show that what it says is complete in the buyer's sense.
 */
@NullMarked
package dev.averment.checks.packetroundtrip;

import org.jspecify.annotations.NullMarked;
