/** How passwords are chosen, hashed and compared: schemes, the policy in force, the pool that bounds the work, blocklist. */
@NamedInterface
@NullMarked
package dev.averment.server.identity.password;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
