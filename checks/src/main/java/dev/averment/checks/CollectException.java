package dev.averment.checks;

import java.util.Objects;

/** The check could not look. Its message goes on the public page: no secrets, no stack, one sentence. */
public final class CollectException extends Exception {
    private static final long serialVersionUID = 1L;

    public CollectException(String reason) {
        super(reason);
    }

    public CollectException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** Never null: it is the reason that the page shows. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
