/**
 * {@code modification-audit}: every tenant table of the audited schemas carries the modification trigger, always enabled, for
 * insert, update and delete; and a change of a canary row leaves exactly one record in the same transaction, which goes when the
 * transaction is rolled back. It does not show what a record says, nor that nobody removes it afterwards (that is the log's part).
 */
@NullMarked
package dev.averment.checks.modificationaudit;

import org.jspecify.annotations.NullMarked;
