/** From a page file to checks that may run: types looked up, settings matched, every judge turned once before it is trusted. */
@NullMarked
package dev.averment.checks.load;

import org.jspecify.annotations.NullMarked;
