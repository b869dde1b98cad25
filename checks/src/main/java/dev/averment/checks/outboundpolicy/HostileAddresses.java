package dev.averment.checks.outboundpolicy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses as somebody might write them who wants the server to reach what only it reaches.
 *
 * @param spelled those that say so themselves
 * @param names   public names that a name service answers with an address that is not public
 */
record HostileAddresses(List<String> spelled, List<Name> names) {
    /** As a page calls them. */
    static final String CORPUS = "hostile-addresses";

    /** What a name service answers stands behind the last blank; blanks inside of an address belong to it. */
    private static final Pattern RESOLVED = Pattern.compile("(.*/) ([0-9a-f.:,]+)");

    /** A port that stands for one at which somebody listens. */
    private static final String PORT = ":8443/";

    /** @param answers of the name service */
    record Name(String url, List<String> answers) {}

    HostileAddresses {
        spelled = List.copyOf(spelled);
        names = List.copyOf(names);
    }

    /** The corpus, with {@code port} where it leads to a listener of the check. */
    static HostileAddresses read(int port) {
        List<String> spelled = new ArrayList<>();
        List<Name> names = new ArrayList<>();
        for (String line : lines()) {
            Matcher resolved = RESOLVED.matcher(line);
            if (resolved.matches()) {
                names.add(new Name(resolved.group(1), List.of(resolved.group(2).split(",", -1))));
            } else if (line.equals(line.strip())) {
                // Blanks around an address are taken off by whoever reads a form, and it is then another one.
                spelled.add(line.replace(PORT, ":" + port + "/"));
            }
        }
        return new HostileAddresses(spelled, names);
    }

    private static List<String> lines() {
        try (InputStream in = HostileAddresses.class.getResourceAsStream(CORPUS + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("the corpus of hostile addresses is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
