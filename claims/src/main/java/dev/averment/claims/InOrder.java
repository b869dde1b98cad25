package dev.averment.claims;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Unmodifiable copies that keep the file's order, all the way down: pages, packets and diffs must not depend on hashing. */
final class InOrder {
    private InOrder() {}

    static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** As {@link #copy}, through nested maps and lists of JSON values. */
    static Map<String, Object> deep(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, value(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object value(Object value) {
        return switch (value) {
            case Map<?, ?> nested -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                nested.forEach((key, inner) -> copy.put(String.valueOf(key), value(inner)));
                yield Collections.unmodifiableMap(copy);
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(inner -> copy.add(value(inner)));
                yield Collections.unmodifiableList(copy);
            }
            default -> value;
        };
    }
}
