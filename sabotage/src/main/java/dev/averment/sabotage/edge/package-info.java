/**
 * Faults of the edge. Only a disposable instance has these classes on its class path, put there and named by the harness
 * when it starts the process; the product has no switch for them.
 */
@NullMarked
package dev.averment.sabotage.edge;

import org.jspecify.annotations.NullMarked;
