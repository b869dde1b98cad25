/**
 * {@code client-address}: signs in twice, once with forwarding headers that nobody trustworthy wrote, and compares the addresses
 * that the service noted.
 */
@NullMarked
package dev.averment.checks.clientaddress;

import org.jspecify.annotations.NullMarked;
