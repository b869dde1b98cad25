package dev.averment.server.delivery;

/** What a receiver's answer means. */
public enum Reply {
    DELIVERED,
    /** Not now. */
    RETRY,
    /** Never this message. */
    REFUSED,
    /** Nobody is there any more: the channel is switched off. */
    GONE
}
