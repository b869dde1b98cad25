/**
 * {@code forged-context}: as injected SQL would, tries to put the connection into another workspace: by setting the context
 * outright, with an altered seal, with a seal of another connection, with the context of an earlier transaction, by leaving a
 * context behind on a pooled connection, and by reading the sealing key. It shows that having the runtime role's SQL is not having every workspace. It does not show how the
 * application keeps its own copy of the key.
 */
@NullMarked
package dev.averment.checks.forgedcontext;

import org.jspecify.annotations.NullMarked;
