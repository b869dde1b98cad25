package dev.averment.checks;

import java.time.Instant;
import java.util.Map;

/** Compares facts with an expectation. Pure: no I/O, no clock but {@code now}, the same answer for the same arguments. */
@FunctionalInterface
public interface Judge {
    Judgement judge(Facts facts, Map<String, Object> expect, Instant now);
}
