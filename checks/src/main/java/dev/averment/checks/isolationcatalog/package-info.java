/**
 * {@code isolation-catalog}: reads PostgreSQL's catalog and compares it with forty rules about row-level security, keys,
 * privileges and everything that goes round them. It shows that no known hole stands open by configuration, for the runtime
 * role, in one database. It does not show that the function behind the policy decides rightly (that is
 * {@code isolation-behaviour}), nor what superusers and the owner do.
 */
@NullMarked
package dev.averment.checks.isolationcatalog;

import org.jspecify.annotations.NullMarked;
