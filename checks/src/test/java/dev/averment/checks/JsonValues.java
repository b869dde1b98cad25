package dev.averment.checks;

import java.util.List;
import java.util.Map;

/** Facts go into the evidence log as canonical JSON: anything but these kinds would be refused there. */
final class JsonValues {
    private JsonValues() {}

    static void assertJson(Facts facts) {
        assertJson("values", facts.values());
        for (Subject subject : facts.subjects()) {
            assertJson(subject.name(), subject.facts());
        }
    }

    private static void assertJson(String where, Object value) {
        switch (value) {
            case String text -> {}
            case Long number -> {}
            case Boolean flag -> {}
            case List<?> list -> list.forEach(entry -> assertJson(where, entry));
            case Map<?, ?> map -> map.forEach((name, entry) -> assertJson(where + "." + name, entry));
            default -> throw new AssertionError(where + " is a " + value.getClass() + ", which is no JSON value");
        }
    }
}
