/**
 * Pages for people with an account: how they get in, and where they look after account, factors, workspaces and tokens. Rules
 * are identity's; here is what they look like, in English and German, with and without JavaScript.
 */
@NullMarked
package dev.averment.server.console;

import org.jspecify.annotations.NullMarked;
