package dev.averment.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The page files under {@code src/test/resources/pages}, one a defect. */
final class Corpus {
    static final Path DIRECTORY = Path.of("src/test/resources/pages");

    private Corpus() {}

    static List<Path> named(String prefix) {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static byte[] bytes(String name) {
        return bytes(DIRECTORY.resolve(name + ".yaml"));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static PageResult parse(Path file) {
        return PageParser.parse(file.getFileName().toString(), bytes(file));
    }

    /** The page of a file that must be valid. */
    static PageResult.Parsed parsed(String name) {
        return parsed(name, new String(bytes(name), java.nio.charset.StandardCharsets.UTF_8));
    }

    static PageResult.Parsed parsed(String name, String text) {
        return switch (PageParser.parse(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
            case PageResult.Parsed parsed -> parsed;
            case PageResult.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    static String text(String name) {
        return new String(bytes(name), java.nio.charset.StandardCharsets.UTF_8);
    }
}
