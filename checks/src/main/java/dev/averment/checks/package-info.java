/** What a check is: a collector that holds credentials and judges nothing, a judge that sees facts and nothing else. */
@NullMarked
package dev.averment.checks;

import org.jspecify.annotations.NullMarked;
