/**
 * What the database checks share: which tables hold tenant rows according to the catalog, and statements that are tried
 * and always rolled back. Everything here works for a role that may read {@code pg_catalog} and nothing else.
 */
@NullMarked
package dev.averment.checks.postgres;

import org.jspecify.annotations.NullMarked;
