package dev.averment.checks;

import dev.averment.claims.Page;
import java.time.InstantSource;
import java.util.Map;

/** Looks at a target and writes down what it sees. Leaves the target as it found it. */
@FunctionalInterface
public interface Collector {

    /**
     * @param look where and with what settings
     * @throws CollectException when it could not look: the verdict is then unproven, with the exception's message as
     *     reason; it says what happened, why, and what to do, and never a secret
     */
    Facts collect(Look look) throws CollectException;

    /**
     * @param target what can be reached
     * @param page   the page that asks, for checks that compare the page with the world
     * @param with   the binding's settings
     * @param clock  for {@link Facts#observedAt()}
     */
    record Look(Target target, Page page, Map<String, Object> with, InstantSource clock) {}
}
