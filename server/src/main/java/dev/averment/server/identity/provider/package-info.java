/** Others who say who somebody is: their files, how they are asked, what of their answers is believed (OpenID Connect Core). */
@NamedInterface
@NullMarked
package dev.averment.server.identity.provider;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
