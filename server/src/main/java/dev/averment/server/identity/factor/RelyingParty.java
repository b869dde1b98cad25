package dev.averment.server.identity.factor;

import java.net.URI;

/**
 * What passkeys are bound to. From the configuration, never from a request: whoever could choose the origin could have
 * passkeys shown to a page of his own.
 *
 * @param id     the host; browsers keep a passkey for it and for no other one
 * @param origin scheme, host and port of the pages that may ask for one
 */
public record RelyingParty(String id, String origin) {

    /** @param base address under which people reach the server */
    public static RelyingParty of(URI base) {
        return new RelyingParty(base.getHost(), base.getScheme() + "://" + base.getRawAuthority());
    }
}
