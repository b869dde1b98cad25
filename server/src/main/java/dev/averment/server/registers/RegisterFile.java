package dev.averment.server.registers;

import dev.averment.checks.target.Registers.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Register entries to start with, from the file beside a page. Dates may be days from today, such as {@code -40d}. */
public final class RegisterFile {
    private RegisterFile() {}

    public static Map<String, List<Entry>> read(Path file, LocalDate today) throws IOException {
        try {
            Object root = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            var all = new LinkedHashMap<String, List<Entry>>();
            map(map(root).get("registers")).forEach((name, entries) -> {
                var list = new ArrayList<Entry>();
                for (Object entry : (List<?>) java.util.Objects.requireNonNull(entries)) {
                    list.add(entry(map(entry), today));
                }
                all.put(name, list);
            });
            return all;
        } catch (YamlEngineException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException("the register file " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }

    private static Entry entry(Map<String, @Nullable Object> fields, LocalDate today) {
        var details = new LinkedHashMap<String, String>();
        map(fields.get("details")).forEach((k, v) -> details.put(k, String.valueOf(v)));
        return new Entry(
                text(fields, "id"),
                text(fields, "title"),
                fields.get("owner") == null ? null : text(fields, "owner"),
                day(fields.get("dated"), today),
                day(fields.get("expires"), today),
                fields.get("status") == null ? "done" : text(fields, "status"),
                details);
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("an entry lacks " + name);
        }
        return value.toString();
    }

    private static @Nullable LocalDate day(@Nullable Object value, LocalDate today) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return text.matches("[+-]\\d{1,5}d")
                ? today.plusDays(Integer.parseInt(text.substring(0, text.length() - 1)))
                : LocalDate.parse(text);
    }
}
