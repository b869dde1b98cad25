package dev.averment.cli;

import java.io.PrintStream;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON for people and programs: indented, in the order given, UTF-8. */
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    public static void write(Map<String, ?> root, PrintStream out) {
        out.println(MAPPER.writeValueAsString(root));
    }
}
