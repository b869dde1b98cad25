/** A hand-written YAML file: read within bounds, every value with its place, every fault as a problem one can act on. */
@NullMarked
package dev.averment.claims.file;

import org.jspecify.annotations.NullMarked;
