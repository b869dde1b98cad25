/** {@code aver init}: a page file for a site that has none. */
@NullMarked
package dev.averment.cli.draft;

import org.jspecify.annotations.NullMarked;
