/** Sessions, the cookies and tokens that carry them, and the keys that sign those. */
@NullMarked
package dev.averment.server.identity.session;

import org.jspecify.annotations.NullMarked;
