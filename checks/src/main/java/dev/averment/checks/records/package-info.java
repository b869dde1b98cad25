/**
 * Dated organisational records. Shows that a register has entries with an owner, in date and complete, and therefore never
 * says more than attested: that what a record says is true, a person answers for.
 */
@NullMarked
package dev.averment.checks.records;

import org.jspecify.annotations.NullMarked;
