/**
 * {@code role-privileges}: as the runtime role, tries what only an owner or a superuser may do, each in a transaction that is
 * rolled back, and requires a refusal for want of privilege. What PostgreSQL won't run inside a transaction (ALTER SYSTEM, CREATE
 * DATABASE) is read from the catalog instead. It shows what that role may do in this database today; a role may always change its
 * own password and its own defaults.
 */
@NullMarked
package dev.averment.checks.roleprivileges;

import org.jspecify.annotations.NullMarked;
