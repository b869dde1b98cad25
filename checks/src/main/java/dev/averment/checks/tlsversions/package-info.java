/**
 * Which TLS versions a server agrees to. Shows, by a handshake at each version from outside, that the old ones are
 * refused and that a current one is accepted; does not show which cipher suites a server would take beyond the ones
 * offered, nor what happens behind the address that answered.
 */
@NullMarked
package dev.averment.checks.tlsversions;

import org.jspecify.annotations.NullMarked;
