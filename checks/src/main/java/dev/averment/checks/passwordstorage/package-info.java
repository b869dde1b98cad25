/**
 * {@code password-storage}: gives an account made for the purpose a password through the interface and reads the form in which
 * it is kept; then puts an older form in its place, signs in, and reads again.
 */
@NullMarked
package dev.averment.checks.passwordstorage;

import org.jspecify.annotations.NullMarked;
