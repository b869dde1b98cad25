/**
 * Where pings come in: a lane of its own in front of everything else that serves requests, with its own limits, its own role
 * of the database, and one statement for all that waits.
 */
@NullMarked
package dev.averment.server.monitoring.ingest;

import org.jspecify.annotations.NullMarked;
