/**
 * {@code path-traversal}: asks for paths that exist, written in ways in which only somebody writes them who wants a check to
 * read one path and a file system or router another.
 */
@NullMarked
package dev.averment.checks.pathtraversal;

import org.jspecify.annotations.NullMarked;
