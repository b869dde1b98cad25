/** The operator's HTTP interface, the log's tiles, and what monitors ask. */
@NullMarked
package dev.averment.server.api;

import org.jspecify.annotations.NullMarked;
