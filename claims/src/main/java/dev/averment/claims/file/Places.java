package dev.averment.claims.file;

import java.util.HashMap;
import java.util.Map;

/** Where each value of a file stands, by its JSON Pointer (RFC 6901), for findings made after the file was read. */
public final class Places {
    private final Map<String, Place> byPointer = new HashMap<>();

    private Places() {}

    /** Of a file in which nothing could be read. */
    public static Places none() {
        return new Places();
    }

    public static Places of(Yaml root) {
        Places places = new Places();
        places.put("", root, root.at());
        return places;
    }

    private void put(String pointer, Yaml value, Place at) {
        byPointer.put(pointer, at);
        switch (value) {
            case Yaml.Scalar ignored -> {}
            case Yaml.Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    Yaml item = sequence.items().get(i);
                    put(pointer + "/" + i, item, item.at());
                }
            }
            case Yaml.Mapping mapping ->
                mapping.entries()
                        .forEach((key, entry) -> put(pointer + "/" + escape(key), entry.value(), entry.keyAt()));
        }
    }

    /** The place of the value, or of the nearest thing around it that the file does have. */
    public Place at(Object... path) {
        StringBuilder pointer = new StringBuilder();
        Place nearest = byPointer.getOrDefault("", Place.START);
        for (Object step : path) {
            Place next = byPointer.get(
                    pointer.append('/').append(escape(step.toString())).toString());
            if (next == null) {
                return nearest;
            }
            nearest = next;
        }
        return nearest;
    }

    private static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
