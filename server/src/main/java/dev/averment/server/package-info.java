/** The Averment server: one package a room, arrows pointing down only. */
@NullMarked
package dev.averment.server;

import org.jspecify.annotations.NullMarked;
