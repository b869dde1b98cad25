/**
 * {@code cross-workspace-references}: every foreign key between tenant tables pairs the tenant columns, on the row's own never
 * null tenant, and a canary row that points at the other canary's row is refused. PostgreSQL checks foreign keys past row-level
 * security, so a plain one lets a workspace learn of, hold on to and block another's rows. References that the database does not
 * know as foreign keys are out of sight.
 */
@NullMarked
package dev.averment.checks.crossreferences;

import org.jspecify.annotations.NullMarked;
