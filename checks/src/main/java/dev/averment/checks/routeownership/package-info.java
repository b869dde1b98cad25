/**
 * {@code route-ownership}: every route that changes something, called with the ids of another workspace's records.
 */
@NullMarked
package dev.averment.checks.routeownership;

import org.jspecify.annotations.NullMarked;
