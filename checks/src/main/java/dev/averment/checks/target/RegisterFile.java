package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Registers kept in a YAML file, read anew at every look so that a record entered today counts today:
 * <pre>{@code
 * registers:
 *   certificates:
 *     - {id: dc-iso, title: "Data centre, ISO 27001", owner: operations, dated: 2026-03-01, expires: 2027-03-01,
 *        status: done, details: {issuer: …, scope: …}}
 * }</pre>
 * A date is a day of the calendar; {@code owner}, {@code dated}, {@code expires} and {@code status} may be absent, which a check will see.
 */
final class RegisterFile implements Registers {
    private static final int MAX_ENTRIES = 10_000;

    private final Path file;

    RegisterFile(Path file) {
        this.file = file;
    }

    @Override
    public List<Entry> entries(String register) throws CollectException {
        List<YamlMap.Problem> problems = new ArrayList<>();
        Map<String, List<Entry>> registers = read(problems);
        if (!problems.isEmpty()) {
            YamlMap.Problem first = problems.getFirst();
            throw new CollectException("The register file " + file.getFileName() + " has a mistake on line "
                    + first.line() + ": " + first.message());
        }
        return registers.getOrDefault(register, List.of());
    }

    Map<String, List<Entry>> read(List<YamlMap.Problem> problems) {
        Map<String, List<Entry>> registers = new LinkedHashMap<>();
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            problems.add(new YamlMap.Problem(
                    0,
                    "The register file " + file + " can't be read ("
                            + e.getClass().getSimpleName() + ")."));
            return registers;
        }
        YamlMap.parse(text, problems).ifPresent(root -> {
            root.map("registers")
                    .ifPresentOrElse(
                            map -> map.keys().forEach(name -> registers.put(name, entries(map, name))),
                            () -> root.problem(1, "The file lacks registers."));
            root.done();
        });
        return registers;
    }

    private static List<Entry> entries(YamlMap registers, String name) {
        List<Entry> entries = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlMap map : registers.maps(name)) {
            String id = map.required("id").orElse("");
            if (!id.isEmpty() && !ids.add(id)) {
                map.problem(map.line("id"), "The id " + id + " is taken in " + name + ".");
            }
            Map<String, String> details = new LinkedHashMap<>();
            map.map("details")
                    .ifPresent(d -> d.keys().forEach(key -> d.text(key).ifPresent(v -> details.put(key, v))));
            entries.add(new Entry(
                    id,
                    map.required("title").orElse(""),
                    map.text("owner").filter(owner -> !owner.isBlank()).orElse(null),
                    map.value("dated", "a day such as 2026-03-01", LocalDate::parse)
                            .orElse(null),
                    map.value("expires", "a day such as 2026-03-01", LocalDate::parse)
                            .orElse(null),
                    map.text("status").orElse(""),
                    Map.copyOf(details)));
            map.done();
        }
        if (entries.size() > MAX_ENTRIES) {
            registers.problem(registers.line(name), name + " has more than " + MAX_ENTRIES + " entries.");
        }
        return entries;
    }
}
