/**
 * {@code isolation-behaviour}: as the runtime role, on plain SQL, in the context of one canary workspace, tries to read, change,
 * delete and write rows of the other in every tenant table, and to read without a context. Every attempt is rolled back.
 * It shows what the database does today whatever its catalog says, in the tables that hold a canary row of the other
 * workspace. It does not show that the application enters the right workspace.
 */
@NullMarked
package dev.averment.checks.isolationbehaviour;

import org.jspecify.annotations.NullMarked;
