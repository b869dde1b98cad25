/** A whole log on disk in the layout of C2SP tlog-tiles, and its replay from the first entry to the signed root. */
@NullMarked
package dev.averment.evidence.log;

import org.jspecify.annotations.NullMarked;
