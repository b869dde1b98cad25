package dev.averment.checks;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
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
        Optional<T> facility = facility(kind);
        if (facility.isPresent()) {
            return facility.get();
        }
        Part part = kind.getAnnotation(Part.class);
        throw new CollectException("The target " + name() + " gives no "
                + (part == null ? kind.getSimpleName() : part.what())
                + "; add "
                + (part == null ? "it" : part.key() + ":")
                + " to the target file to run this check.");
    }

    /** Marks what a target may offer. */
    interface Facility {}

    /** Says how people read of a facility, and where a target file gives it. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Part {
        /** As in "gives no database". */
        String what();

        /** The key of the target file's outermost map. */
        String key();
    }
}
