/** Pages in force, their revisions, what was observed of each claim, and the verdict that follows from it. */
@NullMarked
package dev.averment.server.claims;

import org.jspecify.annotations.NullMarked;
