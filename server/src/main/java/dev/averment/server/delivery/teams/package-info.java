/** Microsoft Teams, by a workflow that takes adaptive cards. */
@NullMarked
package dev.averment.server.delivery.teams;

import org.jspecify.annotations.NullMarked;
