/**
 * The security.txt file of RFC 9116. Shows that the file is served where the standard says, is valid, has not expired and
 * names its own address; does not show that anybody reads what is sent to the contact, nor that a signature on it is good.
 */
@NullMarked
package dev.averment.checks.securitytxt;

import org.jspecify.annotations.NullMarked;
