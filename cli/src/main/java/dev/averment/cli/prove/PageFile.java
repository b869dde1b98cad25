package dev.averment.cli.prove;

import dev.averment.claims.Page;
import dev.averment.claims.PageParser;
import dev.averment.claims.PageResult;
import dev.averment.claims.file.PageProblem;
import dev.averment.claims.file.Place;
import dev.averment.cli.CommandException;
import dev.averment.cli.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A page file that was read and found sound.
 *
 * @param name   as the user gave it
 * @param places id of a claim to where it stands in the file
 */
public record PageFile(String name, Path path, Page page, Map<String, Place> places) {
    /** A page is a text that people read; what is larger is something else. */
    private static final int LARGEST = 1 << 20;

    public PageFile {
        places = Map.copyOf(places);
    }

    /** Reads the file. Every problem goes to standard error as {@code file:line:column: …} before this throws. */
    public static PageFile read(Path path, Terminal terminal) throws CommandException {
        String name = path.toString();
        return switch (PageParser.parse(name, bytes(path))) {
            case PageResult.Parsed parsed -> {
                parsed.warnings().stream().map(PageProblem::message).forEach(terminal.err()::println);
                Map<String, Place> places = new HashMap<>();
                for (int i = 0; i < parsed.page().claims().size(); i++) {
                    places.put(
                            parsed.page().claims().get(i).id(),
                            parsed.places().at("claims", i));
                }
                yield new PageFile(name, path, parsed.page(), places);
            }
            case PageResult.Refused refused -> {
                refused.problems().stream().map(PageProblem::message).forEach(terminal.err()::println);
                int count = refused.problems().size();
                throw CommandException.wrongUse("the page " + name + " is refused for "
                        + (count == 1 ? "the problem" : "the " + count + " problems")
                        + " above; nothing was looked at. Correct the file and run it again.");
            }
        };
    }

    /** The file's own path may be a pipe that never ends: read a bounded number of bytes. */
    private static byte[] bytes(Path path) throws CommandException {
        if (!Files.exists(path)) {
            throw CommandException.wrongUse("there is no page file " + path
                    + ". Give the path of one (our own is pages/self.yaml), or draft one: aver init https://example.org");
        }
        if (Files.isDirectory(path)) {
            throw CommandException.wrongUse(path + " is a folder. Give the path of one page file in it.");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw CommandException.wrongUse(
                        path + " is larger than 1 MiB, which no page file is. Give the page file itself.");
            }
            return bytes;
        } catch (IOException e) {
            throw CommandException.wrongUse(
                    path + " can't be read (" + e + "). Make it readable for you, or give another.");
        }
    }
}
