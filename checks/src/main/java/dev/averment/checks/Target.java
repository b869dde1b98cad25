package dev.averment.checks;

import java.util.Optional;

/**
 * What a check can reach: the running server itself or a user's own system. A target is a bundle of facilities; a check
 * asks for those that it needs and can't look without them.
 */
public interface Target {

    /** The name people see, such as {@code https://localhost:8443}. */
    String name();

    <T extends Facility> Optional<T> facility(Class<T> kind);

    /** @throws CollectException when the target lacks it: says which facility, and how to give it */
    default <T extends Facility> T require(Class<T> kind) throws CollectException {
        return facility(kind)
                .orElseThrow(() -> new CollectException("The target " + name() + " gives no "
                        + kind.getSimpleName()
                                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                                .toLowerCase(java.util.Locale.ROOT)
                        + "; add it to the target file to run this check."));
    }

    /** Marks what a target may offer. */
    interface Facility {}
}
