/** {@code outbound-policy}: hostile addresses are set up, sent to and resolved to, and none of them is reached. */
@NullMarked
package dev.averment.checks.outboundpolicy;

import org.jspecify.annotations.NullMarked;
