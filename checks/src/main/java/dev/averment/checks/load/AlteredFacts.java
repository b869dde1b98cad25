package dev.averment.checks.load;

import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A passing example with something altered, as a self-test's {@code set} says: a value's name, {@code subjects} with a
 * list of {@code {name: …, fact: …}} (or {@code {name: …, facts: {…}}}), or {@code subject.NAME} for one fact of every subject.
 *
 * @param facts    after the alteration
 * @param unheard  names under {@code set} that the example does not have; legal, and the likeliest reason when a judge
 *                 does not change its mind
 */
record AlteredFacts(Facts facts, Set<String> unheard) {
    private static final String EVERY_SUBJECT = "subject.";

    static AlteredFacts of(Facts example, Map<String, Object> set) {
        List<Subject> subjects = example.subjects();
        if (set.get("subjects") instanceof List<?> list) {
            subjects = subjects(list);
        }
        Map<String, Object> values = new LinkedHashMap<>(example.values());
        Set<String> unheard = new TreeSet<>();
        for (Map.Entry<String, Object> change : set.entrySet()) {
            String name = change.getKey();
            if (name.startsWith(EVERY_SUBJECT)) {
                String fact = name.substring(EVERY_SUBJECT.length());
                if (subjects.stream().noneMatch(subject -> subject.facts().containsKey(fact))) {
                    unheard.add(name);
                }
                subjects = subjects.stream()
                        .map(subject -> with(subject, fact, change.getValue()))
                        .toList();
            } else if (!name.equals("subjects")) {
                if (!values.containsKey(name)) {
                    unheard.add(name);
                }
                values.put(name, change.getValue());
            }
        }
        return new AlteredFacts(new Facts(example.observedAt(), subjects, values), unheard);
    }

    private static List<Subject> subjects(List<?> list) {
        List<Subject> subjects = new ArrayList<>();
        for (Object item : list) {
            if (item instanceof Map<?, ?> map) {
                Map<String, Object> facts = new LinkedHashMap<>();
                map.forEach((key, value) -> {
                    if (key.equals("facts") && value instanceof Map<?, ?> inner) {
                        inner.forEach((fact, seen) -> facts.put(String.valueOf(fact), seen));
                    } else if (!key.equals("name")) {
                        facts.put(String.valueOf(key), value);
                    }
                });
                subjects.add(new Subject(map.get("name") instanceof String name ? name : "unnamed", facts));
            } else {
                subjects.add(new Subject(String.valueOf(item), Map.of()));
            }
        }
        return subjects;
    }

    private static Subject with(Subject subject, String fact, Object value) {
        Map<String, Object> facts = new LinkedHashMap<>(subject.facts());
        facts.put(fact, value);
        return new Subject(subject.name(), facts);
    }

    /** Everything that a self-test may set in this example, for messages. */
    static List<String> names(Facts example) {
        Set<String> names = new TreeSet<>(example.values().keySet());
        example.subjects()
                .forEach(subject -> subject.facts().keySet().forEach(fact -> names.add(EVERY_SUBJECT + fact)));
        names.add("subjects");
        return List.copyOf(names);
    }
}
