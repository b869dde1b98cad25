/**
 * {@code one-time-tokens}: takes codes out of the mail of an account made for the purpose, looks for them in the database, uses
 * each twice, and tries one that has expired.
 */
@NullMarked
package dev.averment.checks.onetimetokens;

import org.jspecify.annotations.NullMarked;
