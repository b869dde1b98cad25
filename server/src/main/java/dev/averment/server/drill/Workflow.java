package dev.averment.server.drill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs in a demo: two pipelines of two, of which each second one depends on the first. */
public enum Workflow {
    EXPORT("Nightly export", "Writes down which files the demo holds."),
    COPY("Backup copy", "Compresses the export, reads the copy back and compares the two."),
    LOAD("Order import", "Reads the orders, when they are as they were written, and adds them up."),
    REPORT("Daily report", "Writes the report from what the import added up.");

    /** Those that are done again and again; the others follow them. */
    static final List<Workflow> FIRST = List.of(EXPORT, LOAD);

    private final String title;
    private final String what;

    Workflow(String title, String what) {
        this.title = title;
        this.what = what;
    }

    /** As the monitor is called. */
    public String title() {
        return title;
    }

    String what() {
        return what;
    }

    /** The one that is done after it, however it ended. */
    Optional<Workflow> next() {
        return switch (this) {
            case EXPORT -> Optional.of(COPY);
            case LOAD -> Optional.of(REPORT);
            case COPY, REPORT -> Optional.empty();
        };
    }

    /** What it can't do without. */
    Optional<Workflow> dependsOn() {
        return Arrays.stream(values())
                .filter(w -> w.next().filter(this::equals).isPresent())
                .findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Workflow> of(String word) {
        return Arrays.stream(values()).filter(w -> w.word().equals(word)).findFirst();
    }
}
