/** What happens in a workspace, told while it happens to those who may see it. */
@NullMarked
package dev.averment.server.stream;

import org.jspecify.annotations.NullMarked;
