/**
 * The data folder and the PostgreSQL in it or beside it: secrets, local certificates, the embedded server, roles and
 * migrations. All of it happens before the application starts, and the owner's credential never reaches the application.
 */
@NullMarked
package dev.averment.server.database;

import org.jspecify.annotations.NullMarked;
