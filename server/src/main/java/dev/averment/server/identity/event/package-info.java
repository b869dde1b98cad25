/** Every way in which an attempt to sign in, or a change of credentials, can end; each leaves one entry in the log. */
@NamedInterface
@NullMarked
package dev.averment.server.identity.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
