package dev.averment.checks;

import java.util.Objects;

/** The check could not look. Its message goes on the public page: no secrets, no stack, one sentence. */
public final class CollectException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public CollectException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public CollectException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** What the page says. */
    public String reason() {
        return reason;
    }

    /** Never null: it is the reason that the page shows. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
