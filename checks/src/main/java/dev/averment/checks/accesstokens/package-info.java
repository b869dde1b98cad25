/**
 * {@code access-tokens}: reads an issued token's header and life, then shows the service tokens that differ from a good one in
 * one thing each. A control, which differs in nothing, must be accepted: or the refusals would say nothing.
 */
@NullMarked
package dev.averment.checks.accesstokens;

import org.jspecify.annotations.NullMarked;
