/**
 * {@code database-transport}: the database refuses a connection without TLS, takes one with TLS 1.2 or later, refuses one without
 * a client certificate where the page demands it, and every open connection of the runtime role is encrypted. It shows what the
 * server answers to this client from this address; its rules may differ for other addresses and roles.
 */
@NullMarked
package dev.averment.checks.databasetransport;

import org.jspecify.annotations.NullMarked;
