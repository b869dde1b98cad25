package dev.averment.sabotage;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.Launch;
import dev.averment.sabotage.instance.PlantException;

/** One fault: named, reversible, and such that a certain check must not look past it. */
public sealed interface Sabotage {

    /** Names the fault for ever, such as {@code table-without-policy}; faults of one id are planted once for every check. */
    String id();

    /** What it breaks, one sentence. */
    String breaks();

    /** The verdict that its check must come to: failing, or unproven where nothing is left to look at. */
    Verdict expected();

    /** Planted in an instance that runs, and removed from it again. */
    record Live(String id, String breaks, Verdict expected, Planting planting) implements Sabotage {
        public Live(String id, String breaks, Planting planting) {
            this(id, breaks, Verdict.FAILING, planting);
        }
    }

    /**
     * Lies in how the instance is started: a setting of the page's policy, an option of the Java machine.
     *
     * @param afterwards what is broken in the instance as well, once it runs; it goes with the instance
     */
    record AtStart(String id, String breaks, Verdict expected, Alteration alteration, Planting afterwards)
            implements Sabotage {
        public AtStart(String id, String breaks, Alteration alteration) {
            this(id, breaks, Verdict.FAILING, alteration);
        }

        public AtStart(String id, String breaks, Verdict expected, Alteration alteration) {
            this(id, breaks, expected, alteration, _ -> () -> {});
        }
    }

    /** Breaks something in an instance. */
    @FunctionalInterface
    interface Planting {
        /** Breaks it, and gives what mends it again, which is called whatever the check said. */
        Removal plant(Instance instance) throws PlantException, InterruptedException;
    }

    /** Mends what was broken. */
    @FunctionalInterface
    interface Removal {
        void remove() throws PlantException, InterruptedException;
    }

    /** Makes the start of an instance a faulty one. */
    @FunctionalInterface
    interface Alteration {
        Launch alter(Launch sound) throws PlantException;
    }
}
