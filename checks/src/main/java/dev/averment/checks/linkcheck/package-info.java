/**
 * The links of the published page. Shows that every link into the same site opens and that the demanded documents are
 * among them; does not show what the documents say, nor that links to other hosts lead anywhere.
 */
@NullMarked
package dev.averment.checks.linkcheck;

import org.jspecify.annotations.NullMarked;
