/** {@code address-encryption}: looks for the addresses and keys of alert channels wherever the database could hold them in clear. */
@NullMarked
package dev.averment.checks.addressencryption;

import org.jspecify.annotations.NullMarked;
