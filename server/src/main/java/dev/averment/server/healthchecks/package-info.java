/**
 * The management interface of Healthchecks, version 3, over monitors: existing tools work with another base address and a
 * token as key. See docs/monitoring.md for what differs.
 */
@NullMarked
package dev.averment.server.healthchecks;

import org.jspecify.annotations.NullMarked;
