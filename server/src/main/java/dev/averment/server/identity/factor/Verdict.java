package dev.averment.server.identity.factor;

/** What a code came to. The person is told no more than whether it was taken; the log tells a copy from a mistake. */
public enum Verdict {
    ACCEPTED,
    REFUSED,
    REPLAYED
}
