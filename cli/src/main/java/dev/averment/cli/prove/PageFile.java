package dev.averment.cli.prove;

import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.claims.ClaimLint;
import dev.averment.claims.Page;
import dev.averment.claims.file.PageProblem;
import dev.averment.claims.file.Place;
import dev.averment.cli.CommandException;
import dev.averment.cli.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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
    public static PageFile read(Path path, CheckTypes types, Instant now, Terminal terminal) throws CommandException {
        String name = path.toString();
        return switch (new PageLoader(types).load(name, bytes(path), now)) {
            case LoadResult.Loaded loaded -> {
                loaded.warnings().stream().map(PageProblem::message).forEach(terminal.err()::println);
                List<ClaimLint.Finding> waiting = loaded.findings().stream()
                        .filter(finding -> finding.id().equals(ClaimLint.NO_SELFTEST))
                        .filter(finding -> allWaiting(loaded.page(), finding, types))
                        .toList();
                loaded.findings().stream()
                        .filter(finding -> !waiting.contains(finding))
                        .forEach(finding ->
                                terminal.err().println(finding.problem(name).message()));
                if (!waiting.isEmpty()) {
                    // Nobody can write one before the type is built: a line each would hide what can be mended.
                    terminal.err()
                            .println(name + ": " + waiting.size()
                                    + (waiting.size() == 1 ? " claim has" : " claims have")
                                    + " no self-test yet, since the check types are not built [" + ClaimLint.NO_SELFTEST
                                    + "]");
                }
                Map<String, Place> places = new HashMap<>();
                for (int i = 0; i < loaded.page().claims().size(); i++) {
                    places.put(
                            loaded.page().claims().get(i).id(), loaded.places().at("claims", i));
                }
                yield new PageFile(name, path, loaded.page(), places);
            }
            case LoadResult.Refused refused -> {
                refused.problems().stream().map(PageProblem::message).forEach(terminal.err()::println);
                int count = refused.problems().size();
                throw CommandException.wrongUse("the page " + name + " is refused for "
                        + (count == 1 ? "the problem" : "the " + count + " problems")
                        + " above; nothing was looked at. Correct the file and run it again.");
            }
        };
    }

    private static boolean allWaiting(Page page, ClaimLint.Finding finding, CheckTypes types) {
        return page.claims().stream()
                .filter(claim -> claim.id().equals(finding.claim()))
                .flatMap(claim -> claim.checks().stream())
                .noneMatch(check -> types.find(check.type()) instanceof CheckTypes.Built);
    }

    /** The file's own path may be a pipe that never ends: read a bounded number of bytes. */
    private static byte[] bytes(Path path) throws CommandException {
        if (!Files.exists(path)) {
            throw CommandException.wrongUse(
                    "there is no page file " + path
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
