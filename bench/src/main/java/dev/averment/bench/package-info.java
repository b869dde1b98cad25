/**
 * Benchmarks that anyone can run. Each compares, in the same run and on the same machine, with the raw limit or with a
 * peer, because a figure without its neighbour says more about the machine than about the product.
 */
@NullMarked
package dev.averment.bench;

import org.jspecify.annotations.NullMarked;
