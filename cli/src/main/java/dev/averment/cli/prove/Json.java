package dev.averment.cli.prove;

import java.io.PrintStream;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON for people and programs: indented, in the order given, UTF-8. */
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static void write(Map<String, ?> root, PrintStream out) {
        out.println(MAPPER.writeValueAsString(root));
    }
}
