/**
 * Faults that are planted on purpose, one at a time, in a disposable instance: each check must turn red for its own, and
 * green again when it is gone. Nothing in here is ever on the product's class path.
 */
@NullMarked
package dev.averment.sabotage;

import org.jspecify.annotations.NullMarked;
