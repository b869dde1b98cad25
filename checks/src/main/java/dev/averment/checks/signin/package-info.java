/** What the checks of sign-in share: an account made for one look, and how it speaks with the service. */
@NullMarked
package dev.averment.checks.signin;

import org.jspecify.annotations.NullMarked;
