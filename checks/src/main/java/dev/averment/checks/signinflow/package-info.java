/**
 * {@code sign-in-flow}: the whole way to a provider and back, with one that is honest and one that lies.
 */
@NullMarked
package dev.averment.checks.signinflow;

import org.jspecify.annotations.NullMarked;
