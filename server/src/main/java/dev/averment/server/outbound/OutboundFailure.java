package dev.averment.server.outbound;

/** Why no answer came. */
public enum OutboundFailure {
    /** The address, or what its host resolves to, is one that the server does not connect to. */
    REFUSED,
    /** The host has no address, or none in time. */
    DNS,
    /** No connection: refused, unreachable or closed before an answer. */
    CONNECT,
    /** The certificate is not valid for the host, or TLS could not be agreed on. */
    TLS,
    /** No whole answer within the time allowed. */
    TIMEOUT,
    /** The answer is not HTTP, or its head is longer than is read. */
    MALFORMED
}
