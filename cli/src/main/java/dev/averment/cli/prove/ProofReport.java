package dev.averment.cli.prove;

import dev.averment.checks.prove.PageProof;
import dev.averment.cli.Exit;
import java.io.PrintStream;

/** One way to say what a proof found. */
@FunctionalInterface
interface ProofReport {

    /** Writes the whole of it, ending in a line break. */
    void write(PageFile file, PageProof proof, PrintStream out);

    /** The formats that {@code --format} knows. */
    enum Format {
        TEXT,
        JSON,
        JUNIT,
        SARIF;

        /** As it is written on the command line, in help and in errors alike. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What the command exits with after this proof. */
    static int exit(PageProof proof) {
        if (proof.holds()) {
            return Exit.HOLDS;
        }
        return proof.blind() ? Exit.COULD_NOT_TELL : Exit.DOES_NOT_HOLD;
    }
}
