package dev.averment.server.publicsite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One parameter of a check: {@code rpo.max}, {@code 15m}. */
public record Setting(String name, String value) {

    /** A page file can be large; a reader can't. */
    private static final int MOST = 200;

    /** {@code scheme://user:password@host}: a password that slipped into a page file must not be printed by us. */
    private static final Pattern USERINFO = Pattern.compile("(\\w+://)[^/@\\s]+@");

    /** Nested maps flattened to dotted names, in order of name. */
    static List<Setting> flatten(Map<String, Object> values) {
        var out = new ArrayList<Setting>();
        into(out, "", values);
        return List.copyOf(out);
    }

    private static void into(List<Setting> out, String prefix, Map<?, ?> values) {
        var sorted = new TreeMap<String, Object>();
        values.forEach((k, v) -> sorted.put(String.valueOf(k), v));
        for (var e : sorted.entrySet()) {
            if (out.size() >= MOST) {
                return;
            }
            String name = prefix + e.getKey();
            switch (e.getValue()) {
                case Map<?, ?> nested -> into(out, name + ".", nested);
                case List<?> list -> out.add(new Setting(name, join(list)));
                case Object value -> out.add(new Setting(name, shown(value)));
            }
        }
    }

    private static String join(List<?> list) {
        return String.join(", ", list.stream().map(Setting::shown).toList());
    }

    private static String shown(Object value) {
        return USERINFO.matcher(String.valueOf(value)).replaceAll("$1");
    }
}
