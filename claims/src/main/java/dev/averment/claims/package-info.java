/** The page as a model: sections, claims, parameters, the verdict lattice, revisions and their diff. */
@NullMarked
package dev.averment.claims;

import org.jspecify.annotations.NullMarked;
