package dev.averment.sabotage;

import dev.averment.claims.Verdict;
import java.time.Duration;

/**
 * What came of one fault under one check.
 *
 * @param sabotage the fault
 * @param bound    the check that must catch it
 * @param outcome  what came of it
 * @param seen     the verdict while the fault was there; of before, when it was never planted
 * @param reason   of that verdict, or what stood in the way
 * @param took     from the planting until the check was red, or was given up
 */
public record Trial(Sabotage sabotage, Bound bound, Outcome outcome, Verdict seen, String reason, Duration took) {

    /** The four ends of a trial. */
    public enum Outcome {
        /** Red while the fault was there, as before when it was gone. */
        CAUGHT("caught"),
        /** The check looked at the fault and did not turn red. */
        MISSED("missed"),
        /** Red, and still red after the fault was removed. */
        NOT_RECOVERED("not recovered"),
        /** Nothing can be said: the check did not hold before, or the fault could not be planted. */
        NOT_PLANTED("not planted");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
