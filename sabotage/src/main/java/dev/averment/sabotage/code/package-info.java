/**
 * Mistakes in the server's code, made in the classes of a disposable instance while they are loaded, by a Java agent that the
 * harness names at its start. No class file of the product is altered, and the product has no switch for them.
 */
@NullMarked
package dev.averment.sabotage.code;

import org.jspecify.annotations.NullMarked;
