/** Identity over HTTP. */
@NullMarked
package dev.averment.server.identity.web;

import org.jspecify.annotations.NullMarked;
