package dev.averment.claims.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A value of a YAML 1.2 file together with its place. Text keeps the author's spelling: {@code 1.10} stays {@code 1.10}. */
public sealed interface Yaml {

    Place at();

    /** Values in it, itself included, with shared parts counted each time that they are met. */
    int size();

    /** What a plain word is under the core schema of YAML 1.2; quoted words are TEXT. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NOTHING
    }

    record Scalar(String text, Kind kind, Place at) implements Yaml {
        @Override
        public int size() {
            return 1;
        }
    }

    record Sequence(List<Yaml> items, Place at, int size) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Mapping(SequencedMap<String, Entry> entries, Place at, int size) implements Yaml {}

    /** A key's value and the place of the key itself. */
    record Entry(Place keyAt, Yaml value) {}

    /**
     * As JSON values: String, Long, Boolean, List, Map. Decimals stay text, because a version such as {@code 1.3} is no
     * number and binary fractions would change what the author wrote; nothing at all becomes empty text.
     */
    default Object plain() {
        return switch (this) {
            case Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT, DECIMAL -> scalar.text();
                    case INTEGER -> Long.valueOf(scalar.text());
                    case BOOLEAN -> Boolean.valueOf(scalar.text());
                    case NOTHING -> "";
                };
            case Sequence sequence -> sequence.items().stream().map(Yaml::plain).toList();
            case Mapping mapping -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) -> plain.put(key, entry.value().plain()));
                yield plain;
            }
        };
    }
}
