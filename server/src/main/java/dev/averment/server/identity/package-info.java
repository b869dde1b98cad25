/** Accounts of people and programs: how they sign in, what a session is, and how each outcome gets into the log. */
@NullMarked
package dev.averment.server.identity;

import org.jspecify.annotations.NullMarked;
