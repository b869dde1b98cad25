package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Registers kept in a YAML file, read anew at every look so that a record entered today counts today:
 * <pre>{@code
 * registers:
 *   certificates:
 *     - {id: dc-iso, title: "Data centre, ISO 27001", owner: operations, dated: 2026-03-01, expires: 2027-03-01,
 *        status: done, details: {issuer: …, scope: …}}
 * }</pre>
 * A date is a day of the calendar, or days from a day that the reader is given, such as {@code -40d}: made-up registers of
 * a reference page stay in date so. {@code owner}, {@code dated}, {@code expires} and {@code status} may be absent, which a check will see.
 */
public final class RegisterFile implements Registers {
    private static final int MOST_TOLD = 3;
    private static final int MAX_ENTRIES = 10_000;
    private static final String DAY = "a day such as 2026-03-01, or days from today such as -40d";
    private static final Pattern OFFSET = Pattern.compile("[+-]\\d{1,5}d");

    private final Path file;
    private final Supplier<LocalDate> today;

    /** @param today the day that offsets count from, asked at every look */
    public RegisterFile(Path file, Supplier<LocalDate> today) {
        this.file = file;
        this.today = today;
    }

    /**
     * Every register of a file's text.
     *
     * @param name of the file, for messages
     * @throws CollectException when the file has mistakes; the first ones are told
     */
    public static Map<String, List<Entry>> parse(String name, String text, LocalDate today) throws CollectException {
        List<YamlMap.Problem> problems = new ArrayList<>();
        Map<String, List<Entry>> registers = read(text, today, problems);
        refuse(name, problems);
        return registers;
    }

    @Override
    public List<Entry> entries(String register) throws CollectException {
        List<YamlMap.Problem> problems = new ArrayList<>();
        Map<String, List<Entry>> registers = read(problems);
        refuse(String.valueOf(file.getFileName()), problems);
        return registers.getOrDefault(register, List.of());
    }

    private static void refuse(String name, List<YamlMap.Problem> problems) throws CollectException {
        if (!problems.isEmpty()) {
            // A misspelt key is two mistakes, one that lacks and one that is not known: both together say what
            // happened.
            String told = problems.stream()
                    .limit(MOST_TOLD)
                    .map(problem -> (problem.line() > 0 ? "line " + problem.line() + ": " : "") + problem.message())
                    .collect(Collectors.joining(" "));
            int more = problems.size() - MOST_TOLD;
            throw new CollectException("The register file " + name
                    + (problems.size() == 1 ? " has a mistake, " : " has mistakes, ") + told
                    + (more > 0 ? " And " + more + " more." : ""));
        }
    }

    Map<String, List<Entry>> read(List<YamlMap.Problem> problems) {
        try {
            return read(PlainFile.text(file), today.get(), problems);
        } catch (IOException e) {
            problems.add(new YamlMap.Problem(0, "The register file " + file + " " + PlainFile.why(e) + "."));
            return Map.of();
        }
    }

    private static Map<String, List<Entry>> read(String text, LocalDate today, List<YamlMap.Problem> problems) {
        Map<String, List<Entry>> registers = new LinkedHashMap<>();
        YamlMap.parse(text, problems).ifPresent(root -> {
            root.map("registers")
                    .ifPresentOrElse(
                            map -> map.keys().forEach(name -> registers.put(name, entries(map, name, today))),
                            () -> root.problem(1, "The file lacks registers."));
            root.done();
        });
        return registers;
    }

    private static List<Entry> entries(YamlMap registers, String name, LocalDate today) {
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
                    map.value("dated", DAY, text -> day(text, today)).orElse(null),
                    map.value("expires", DAY, text -> day(text, today)).orElse(null),
                    map.text("status").orElse(""),
                    Map.copyOf(details)));
            map.done();
        }
        if (entries.size() > MAX_ENTRIES) {
            registers.problem(registers.line(name), name + " has more than " + MAX_ENTRIES + " entries.");
        }
        return entries;
    }

    private static LocalDate day(String text, LocalDate today) {
        return OFFSET.matcher(text).matches()
                ? today.plusDays(Integer.parseInt(text.substring(0, text.length() - 1)))
                : LocalDate.parse(text);
    }
}
