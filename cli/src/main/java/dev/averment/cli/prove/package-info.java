/** {@code aver prove}: a page looked at once, and four ways to say what was seen. */
@NullMarked
package dev.averment.cli.prove;

import org.jspecify.annotations.NullMarked;
