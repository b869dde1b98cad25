package dev.averment.bench;

/** One question about speed, answered by measuring. */
public interface Benchmark {
    /** Word on the command line, and name of the report's file. */
    String name();

    /** Measures and reports; throws when what was measured is not what should have happened. */
    Report run(Effort effort) throws Exception;
}
