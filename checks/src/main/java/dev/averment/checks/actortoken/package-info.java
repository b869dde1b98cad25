/**
 * {@code actor-token}: calls a service as another one does, then with tokens that differ from good ones in one thing each. A
 * control, which differs in nothing, must be let in: or the refusals would say nothing.
 */
@NullMarked
package dev.averment.checks.actortoken;

import org.jspecify.annotations.NullMarked;
