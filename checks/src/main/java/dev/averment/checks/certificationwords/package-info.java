/**
 * Words that imply a certificate. Shows that no sentence of the page says "certified" and the like without a record of the
 * certificate; does not show that the certificate is genuine.
 */
@NullMarked
package dev.averment.checks.certificationwords;

import org.jspecify.annotations.NullMarked;
