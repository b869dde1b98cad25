package dev.averment.claims;

import dev.averment.claims.file.Problems;
import dev.averment.claims.file.Yaml;
import dev.averment.claims.file.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page file without the claims that its reader may not read. Whole lines are cut out and none is rewritten, and what is
 * left is read again: an excerpt that does not say exactly what the file says of the other claims is none.
 *
 * <p>Comments directly above a claim that is cut, and between it and the next, go with it. Other comments stay: they are as
 * public as the page.
 */
public final class PageExcerpt {

    private static final String HEAD = "# An excerpt: claims for other readers are left out.\n";

    private PageExcerpt() {}

    /**
     * The file as {@code reader} may have it: the file itself when he may read every claim; empty when he may read none, or
     * when the claims do not stand on lines of their own.
     */
    public static Optional<byte[]> of(Page page, Audience reader) {
        List<Claim> open = page.claims().stream()
                .filter(claim -> reader.mayRead(claim.audience()))
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        if (open.size() == page.claims().size()) {
            return Optional.of(page.source());
        }
        return cut(page, reader).filter(bytes -> saysTheSame(page, bytes, open));
    }

    private static Optional<byte[]> cut(Page page, Audience reader) {
        if (!(YamlReader.read(page.source(), new Problems(page.id())).orElse(null) instanceof Yaml.Mapping root)
                || !(root.entries().get("claims") instanceof Yaml.Entry claims)
                || !(claims.value() instanceof Yaml.Sequence items)
                || items.items().size() != page.claims().size()) {
            return Optional.empty();
        }
        String text = new String(page.source(), StandardCharsets.UTF_8);
        List<String> lines =
                new ArrayList<>(List.of((text.startsWith("\uFEFF") ? text.substring(1) : text).split("(?<=\n)")));
        List<Integer> starts = new ArrayList<>();
        items.items().forEach(item -> starts.add(item.at().line() - 1));
        starts.add(root.entries().values().stream()
                .map(entry -> entry.keyAt().line() - 1)
                .filter(line -> line > starts.getLast())
                .min(Integer::compare)
                .orElse(lines.size()));
        boolean[] gone = new boolean[lines.size()];
        for (int i = 0; i < page.claims().size(); i++) {
            if (!reader.mayRead(page.claims().get(i).audience())) {
                for (int line = starts.get(i); line < starts.get(i + 1); line++) {
                    gone[line] = true;
                }
                for (int line = starts.get(i) - 1; line > claims.keyAt().line() - 1 && aside(lines.get(line)); line--) {
                    gone[line] = true;
                }
            }
        }
        StringBuilder out = new StringBuilder(HEAD);
        for (int line = 0; line < lines.size(); line++) {
            if (!gone[line]) {
                out.append(lines.get(line));
            }
        }
        return Optional.of(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean aside(String line) {
        String bare = line.strip();
        return bare.isEmpty() || bare.startsWith("#");
    }

    /** The parser's word on both: a cut that took a line too many or too few shows here. */
    private static boolean saysTheSame(Page page, byte[] excerpt, List<Claim> open) {
        if (!(PageParser.read(page.id(), page.source()) instanceof PageResult.Parsed whole)
                || !(PageParser.read(page.id(), excerpt) instanceof PageResult.Parsed part)) {
            return false;
        }
        List<String> ids = open.stream().map(Claim::id).toList();
        Page was = whole.page();
        Page is = part.page();
        return is.claims()
                        .equals(was.claims().stream()
                                .filter(claim -> ids.contains(claim.id()))
                                .toList())
                && is.id().equals(was.id())
                && is.title().equals(was.title())
                && is.authoritative().equals(was.authoritative())
                && is.asOf().equals(was.asOf())
                && is.policy().equals(was.policy())
                && is.sections().equals(was.sections())
                && is.documents().equals(was.documents());
    }
}
