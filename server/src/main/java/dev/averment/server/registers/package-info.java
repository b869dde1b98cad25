/** Dated organisational records with owner and expiry. */
@NullMarked
package dev.averment.server.registers;

import org.jspecify.annotations.NullMarked;
