/** What a command looks at: a site, a running server, or a server made for the purpose. */
@NullMarked
package dev.averment.cli.target;

import org.jspecify.annotations.NullMarked;
