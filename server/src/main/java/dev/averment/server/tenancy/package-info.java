/** Whose rows a piece of work may see: the sealed workspace context and the pools of each database role. */
@NullMarked
package dev.averment.server.tenancy;

import org.jspecify.annotations.NullMarked;
