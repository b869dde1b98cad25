package dev.averment.sabotage.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A mistake that a programmer may make, in one method of the server or of a library that it uses.
 *
 * @param type   name of the class, such as {@code java.lang.String}
 * @param method its name, whatever it takes
 * @param taking descriptor of what it takes, such as {@code (Ljava/lang/String;)}, or its beginning
 * @param what   is wrong with it
 * @param right  the text that it should hold; empty where texts are not what is wrong
 * @param wrong  what it holds in its place
 */
public record CodeMistake(String type, String method, String taking, What what, String right, String wrong) {
    private static final String SEPARATOR = ",";

    /** What is wrong. */
    public enum What {
        /** Does nothing, and gives nothing. */
        RETURNS,
        /** Does nothing, and gives the object itself. */
        GIVES_ITSELF,
        /** Does nothing, and gives {@code true}. */
        GIVES_TRUE,
        /** Does nothing, and gives {@code false}. */
        GIVES_FALSE,
        /** Does nothing, and gives its last argument, which is an object, as it is. */
        GIVES_LAST,
        /** Takes {@code null} for its last argument, which is an object, whatever it is given. */
        FORGETS_LAST,
        /** One of its texts, such as a statement, has {@code wrong} wherever {@code right} should stand. */
        MISWRITES
    }

    /** One that has nothing to do with texts. */
    public CodeMistake(String type, String method, String taking, What what) {
        this(type, method, taking, what, "", "");
    }

    /** A text that is miswritten. */
    public static CodeMistake inText(String type, String method, String taking, String right, String wrong) {
        return new CodeMistake(type, method, taking, What.MISWRITES, right, wrong);
    }

    public CodeMistake {
        if ((type + method + taking).matches("(?s).*[\\s,=\"].*")) {
            throw new IllegalArgumentException("names have no blanks, commas, equals signs or quotes");
        }
    }

    private String text() {
        return String.join(SEPARATOR, type, method, taking, what.name(), coded(right), coded(wrong));
    }

    private static String coded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    static List<CodeMistake> parse(String text) {
        return text.lines().map(CodeMistake::line).toList();
    }

    private static CodeMistake line(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        return new CodeMistake(
                parts[0], parts[1], parts[2], What.valueOf(parts[3]), decoded(parts[4]), decoded(parts[5]));
    }

    /**
     * Writes an agent that makes these mistakes, and gives the option that names it to a Java machine.
     *
     * @param jar where to write it
     */
    public static String option(Path jar, List<CodeMistake> mistakes) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), MistakenCode.class.getName());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> each : List.of(MistakenCode.class, CodeMistake.class, What.class)) {
                String name = each.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = each.getResourceAsStream("/" + name)) {
                    if (in == null) {
                        throw new IOException("the class " + each.getName() + " is not where it was loaded from");
                    }
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry(MistakenCode.LIST));
            out.write(mistakes.stream()
                    .map(CodeMistake::text)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return "-javaagent:" + jar;
    }
}
