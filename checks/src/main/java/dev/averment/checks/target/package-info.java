/** The facilities that a target may offer, and the target file that describes them. */
@NullMarked
package dev.averment.checks.target;

import org.jspecify.annotations.NullMarked;
