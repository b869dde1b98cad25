/** {@code ingest-token}: what a token for pings opens, for how long, and what one that nobody signed sets in motion. */
@NullMarked
package dev.averment.checks.ingesttoken;

import org.jspecify.annotations.NullMarked;
