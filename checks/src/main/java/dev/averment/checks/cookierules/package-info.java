/**
 * {@code cookie-rules}: reads the attributes of every cookie that signing in sets, alters the cookies' signatures and sends them
 * back, and reads how old the key is that signs them.
 */
@NullMarked
package dev.averment.checks.cookierules;

import org.jspecify.annotations.NullMarked;
