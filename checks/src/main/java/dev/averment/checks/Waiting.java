package dev.averment.checks;

import java.time.Duration;

/** What checks do while nothing can tell them that something has changed. */
public final class Waiting {
    private Waiting() {}

    /**
     * Waits for so long.
     *
     * @param when of a sentence about an interruption, such as {@code "before a newer packet was fetched"}
     * @throws CollectException when the check is interrupted meanwhile
     */
    public static void pause(Duration time, String when) throws CollectException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("The check was interrupted " + when + "; run it again.", e);
        }
    }
}
