/** Sessions, the cookies and tokens that carry them, and the keys that sign those. */
@NamedInterface
@NullMarked
package dev.averment.server.identity.session;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
