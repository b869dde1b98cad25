/**
 * Work that outlives the process: written down in the transaction of the change that asks for it, done by any server, and done
 * again when whoever did it died.
 */
@NullMarked
package dev.averment.server.jobs;

import org.jspecify.annotations.NullMarked;
