package dev.averment.checks.records;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Registers;
import dev.averment.checks.target.Registers.Entry;
import dev.averment.checks.target.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes down of each entry its dates, its status and which fields are filled in. Not what is in them, nor who the owner
 * is: both may name people, and the evidence log forgets nothing. An entry that another names under {@code supersedes}
 * has been replaced and is only counted.
 */
final class RecordsCollector implements Collector {
    private static final int MAX_ENTRIES = 500;

    @Override
    public Facts collect(Look look) throws CollectException {
        SettingReader with = new SettingReader(look.with());
        String register = with.text("register")
                .orElseThrow(
                        () -> new CollectException("The setting register is missing; name one such as certificates."));
        Optional<String> only = with.text("id");
        List<Entry> entries = look.target().require(Registers.class).entries(register);
        if (entries.size() > MAX_ENTRIES) {
            throw new CollectException(
                    "The register " + register + " has " + entries.size() + " entries, more than the " + MAX_ENTRIES
                            + " that one check looks at; move closed ones to a register of their own.");
        }
        Set<String> superseded = new LinkedHashSet<>();
        for (Entry entry : entries) {
            String older = entry.details().getOrDefault("supersedes", "");
            // What is only planned, or is not owned by anybody, does not replace what was done.
            if (!older.equals(entry.id()) && !entry.status().equals("planned") && Written.in(entry.owner())) {
                superseded.add(older);
            }
        }
        List<Subject> subjects = new ArrayList<>();
        long replaced = 0;
        for (Entry entry : entries) {
            if (only.isPresent() && !only.get().equals(entry.id())) {
                continue;
            }
            if (superseded.contains(entry.id())) {
                replaced++;
                continue;
            }
            subjects.add(new Subject(entry.id(), facts(entry)));
        }
        return new Facts(look.clock().instant(), subjects, Map.of("register", register, "superseded", replaced));
    }

    private static Map<String, Object> facts(Entry entry) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("owned", Written.in(entry.owner()));
        facts.put("dated", entry.dated() == null ? "" : entry.dated().toString());
        facts.put("expires", entry.expires() == null ? "" : entry.expires().toString());
        facts.put("status", entry.status());
        facts.put(
                "fields",
                entry.details().entrySet().stream()
                        .filter(detail -> Written.in(detail.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
        return facts;
    }
}
