package dev.averment.sabotage.instance;

import dev.averment.claims.Page;
import dev.averment.sabotage.code.CodeMistake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an instance is started.
 *
 * @param libraries the product's class path
 * @param page      the page in force; its source is what the server reads
 * @param registers file of register entries to start with; null when the page has none
 * @param options   of the Java machine, such as {@code -Dserver.ssl.enabled-protocols=TLSv1.2}
 * @param arguments of the server, such as {@code --trusted-proxy 10.0.0.7}
 * @param mistakes  in the server's code
 */
public record Launch(
        ServerLibraries libraries,
        Page page,
        @Nullable Path registers,
        List<String> options,
        List<String> arguments,
        List<CodeMistake> mistakes) {
    public Launch {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
        mistakes = List.copyOf(mistakes);
    }

    /** Without any argument of the server. */
    public Launch(ServerLibraries libraries, Page page, @Nullable Path registers, List<String> options) {
        this(libraries, page, registers, options, List.of(), List.of());
    }

    /** A sound start under the page at {@code file}, with the register entries that lie beside it. */
    public static Launch of(ServerLibraries libraries, Path file, Page page) {
        Path beside = file.toAbsolutePath().resolveSibling("registers").resolve(file.getFileName());
        return new Launch(libraries, page, Files.exists(beside) ? beside : null, List.of());
    }

    /** With one more option of the Java machine. */
    public Launch with(String option) {
        var more = new ArrayList<>(options);
        more.add(option);
        return new Launch(libraries, page, registers, more, arguments, mistakes);
    }

    /** Under another page file. */
    public Launch under(Page other) {
        return new Launch(libraries, other, registers, options, arguments, mistakes);
    }

    /** With further arguments of the server. */
    public Launch saying(String... further) {
        var more = new ArrayList<>(arguments);
        more.addAll(List.of(further));
        return new Launch(libraries, page, registers, options, more, mistakes);
    }

    /** With a mistake in the server's code. */
    public Launch mistaken(CodeMistake mistake) {
        var more = new ArrayList<>(mistakes);
        more.add(mistake);
        return new Launch(libraries, page, registers, options, arguments, more);
    }
}
