/** What identity no longer needs goes, by the windows of the page's policy. */
@NullMarked
package dev.averment.server.identity.purge;

import org.jspecify.annotations.NullMarked;
