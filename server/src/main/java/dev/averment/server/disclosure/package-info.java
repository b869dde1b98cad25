/** How a researcher reaches the operator: security.txt (RFC 9116), its key, and the register that keeps it in date. */
@NullMarked
package dev.averment.server.disclosure;

import org.jspecify.annotations.NullMarked;
