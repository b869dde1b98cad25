package dev.averment.claims;

/** Who may read a claim: everybody, whoever holds a packet, or members of the workspace alone. */
public enum Audience {
    PUBLIC,
    PACKET,
    INTERNAL
}
