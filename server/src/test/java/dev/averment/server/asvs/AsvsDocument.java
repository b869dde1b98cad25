package dev.averment.server.asvs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * {@code docs/asvs.md}: which requirements of OWASP ASVS 5.0 are in scope, and which tests show that they hold. Made from
 * the compiled test classes, so that it can't say more than they do.
 */
final class AsvsDocument {
    private static final int NAMED = 4;

    private final List<Requirement> scope;
    private final List<Deviation> deviations;
    private final Map<String, TreeSet<String>> tests = new TreeMap<>();

    /** @param words our own, and not the standard's, whose text is under another licence */
    record Requirement(String id, int level, String words) {}

    /** @param classes folder of compiled tests */
    AsvsDocument(Path classes) throws IOException {
        this.scope = scope();
        this.deviations = deviations();
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(f -> f.toString().endsWith(".class"))
                    .map(f -> classes.relativize(f).toString())
                    .map(f -> f.substring(0, f.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("-info"))
                    .sorted()
                    .forEach(this::read);
        }
    }

    static List<Requirement> scope() throws IOException {
        return rows("requirements.tsv").stream()
                .map(parts -> new Requirement(parts[0], Integer.parseInt(parts[1]), parts[2]))
                .toList();
    }

    /**
     * A requirement that the product does not meet, on purpose.
     *
     * @param reason what is done instead, or why it is not needed
     * @param needed what would meet it
     */
    record Deviation(String id, String reason, String needed) {}

    static List<Deviation> deviations() throws IOException {
        return rows("deviations.tsv").stream()
                .map(parts -> new Deviation(parts[0], parts[1], parts[2]))
                .toList();
    }

    private static List<String[]> rows(String file) throws IOException {
        try (InputStream in = AsvsDocument.class.getResourceAsStream("/asvs/" + file)) {
            if (in == null) {
                throw new IOException(file + " is not among the tests' resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }

    /** Deviations from what a test shows to hold. */
    List<String> needless() {
        return deviations.stream().map(Deviation::id).filter(tests::containsKey).toList();
    }

    private void read(String name) {
        try {
            Class<?> type = Class.forName(name, false, AsvsDocument.class.getClassLoader());
            keep(type, type.getSimpleName());
            for (Method method : type.getDeclaredMethods()) {
                keep(method, type.getSimpleName() + "." + method.getName());
            }
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException("a class of the tests can't be loaded", e));
        }
    }

    private void keep(AnnotatedElement element, String name) {
        Asvs asvs = element.getAnnotation(Asvs.class);
        if (asvs != null) {
            for (String id : asvs.value()) {
                tests.computeIfAbsent(id, _ -> new TreeSet<>()).add(name);
            }
        }
    }

    /** Ids that tests name and that are not on the list. */
    List<String> unknown() {
        List<String> known = scope.stream().map(Requirement::id).toList();
        return tests.keySet().stream().filter(id -> !known.contains(id)).toList();
    }

    private List<Requirement> open() {
        return scope.stream()
                .filter(r -> !tests.containsKey(r.id()))
                .filter(r -> deviations.stream().noneMatch(d -> d.id().equals(r.id())))
                .toList();
    }

    String text() {
        var out = new StringBuilder("""
                # OWASP ASVS 5.0: what is tested

                The requirements of the Application Security Verification Standard 5.0.0 that concern identity, sessions,
                tokens and what they stand on, with the tests that show that they hold. The words are ours and say less than
                the standard, which is at <https://github.com/OWASP/ASVS>. A test that is named here shows that a requirement
                holds where the test looks; it is no certificate, and *open* says only that no test names the requirement.

                Made by `AsvsDocumentTest` from the annotations `@Asvs` of the server's tests; don't edit it by hand.

                | level | in scope | tested | deviations | open |
                | --- | --- | --- | --- | --- |
                """);
        for (int level = 1; level <= 3; level++) {
            int l = level;
            long all = scope.stream().filter(r -> r.level() == l).count();
            long open = open().stream().filter(r -> r.level() == l).count();
            long deviating = scope.stream()
                    .filter(r -> r.level() == l)
                    .filter(r -> deviations.stream().anyMatch(d -> d.id().equals(r.id())))
                    .count();
            out.append("| L%d | %d | %d | %d | %d |\n".formatted(level, all, all - open - deviating, deviating, open));
        }
        out.append("\n## Tested\n\n| id | level | requirement | tests |\n| --- | --- | --- | --- |\n");
        for (Requirement requirement : scope) {
            TreeSet<String> names = tests.get(requirement.id());
            if (names != null) {
                out.append("| %s | L%d | %s | %s |\n"
                        .formatted(requirement.id(), requirement.level(), requirement.words(), named(names)));
            }
        }
        out.append("\n## Deviations\n\n| id | level | requirement | what is so instead | what would meet it |\n"
                + "| --- | --- | --- | --- | --- |\n");
        for (Requirement requirement : scope) {
            for (Deviation deviation : deviations) {
                if (deviation.id().equals(requirement.id())) {
                    out.append("| %s | L%d | %s | %s | %s |\n"
                            .formatted(
                                    requirement.id(),
                                    requirement.level(),
                                    requirement.words(),
                                    deviation.reason(),
                                    deviation.needed()));
                }
            }
        }
        out.append("\n## Open\n\n| id | level | requirement |\n| --- | --- | --- |\n");
        for (Requirement requirement : open()) {
            out.append("| %s | L%d | %s |\n".formatted(requirement.id(), requirement.level(), requirement.words()));
        }
        return out.toString();
    }

    private static String named(TreeSet<String> names) {
        List<String> first = names.stream()
                .sorted(Comparator.comparing((String n) -> n.indexOf('.') < 0)
                        .reversed()
                        .thenComparing(n -> n))
                .limit(NAMED)
                .map(n -> "`" + n + "`")
                .toList();
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return String.join(", ", first) + more;
    }
}
