/**
 * What opens when something breaks: one incident a cause, with an owner, a timeline, clocks, alerts that climb a chain, and a
 * review.
 */
@NullMarked
package dev.averment.server.incidents;

import org.jspecify.annotations.NullMarked;
