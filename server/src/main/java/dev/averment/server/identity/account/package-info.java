/** Accounts themselves: their addresses, passwords and mailed links. */
@NamedInterface
@NullMarked
package dev.averment.server.identity.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
