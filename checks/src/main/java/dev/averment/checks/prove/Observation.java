package dev.averment.checks.prove;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import java.time.Instant;

/**
 * One look of one check of one claim: what was seen and what the judge said.
 *
 * @param receivedAt when this program had it, which is not when it was true ({@link Facts#observedAt()})
 */
public record Observation(
        String claim, String check, String type, Facts facts, Judgement judgement, Instant receivedAt) {}
