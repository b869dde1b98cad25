package dev.averment.checks;

import java.util.List;

/** The settings of a check type, each with its kind, whether it must be there, and a sentence on what it means. */
public record Settings(List<Setting> with, List<Setting> expect) {
    public Settings {
        with = List.copyOf(with);
        expect = List.copyOf(expect);
    }

    public static final Settings NONE = new Settings(List.of(), List.of());

    /** What kind of value: DURATION and INSTANT are text such as {@code 365d} or ISO 8601. */
    public enum Kind {
        TEXT,
        INTEGER,
        BOOLEAN,
        DURATION,
        LIST,
        MAP
    }

    /**
     * @param name     as the page file writes it
     * @param required refused when missing
     * @param meaning  one sentence, shown in messages and documentation
     */
    public record Setting(String name, Kind kind, boolean required, String meaning) {}
}
