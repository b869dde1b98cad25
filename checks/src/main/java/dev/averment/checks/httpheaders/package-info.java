/**
 * Security headers on every route, and what plain HTTP gets. Shows that each route's answer carries the headers, refusals,
 * a path that doesn't exist and a malformed request included; does not show what a browser makes of them, nor answers that
 * only come about under particular input.
 */
@NullMarked
package dev.averment.checks.httpheaders;

import org.jspecify.annotations.NullMarked;
