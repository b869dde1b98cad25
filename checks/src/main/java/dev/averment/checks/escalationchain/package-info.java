/** {@code escalation-chain}: an incident that nobody takes up, and who is asked next. */
@NullMarked
package dev.averment.checks.escalationchain;

import org.jspecify.annotations.NullMarked;
