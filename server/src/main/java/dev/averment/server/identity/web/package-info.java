/** Identity over HTTP. */
@NamedInterface("web")
@NullMarked
package dev.averment.server.identity.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
