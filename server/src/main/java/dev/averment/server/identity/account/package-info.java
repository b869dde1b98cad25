/** Accounts themselves: their addresses, passwords and mailed links. */
@NullMarked
package dev.averment.server.identity.account;

import org.jspecify.annotations.NullMarked;
