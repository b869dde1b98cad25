package dev.averment.cli.draft;

import dev.averment.cli.Terminal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A page file in the making: its text, with the sections that its claims need. */
record DraftPage(String host, LocalDate asOf, String target) {

    /** Of a site whose certificate everybody can check. */
    DraftPage(String host, LocalDate asOf) {
        this(host, asOf, "https://" + host);
    }

    private static final Map<String, String> SECTIONS = sections();

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("transport", "Encrypted connections");
        sections.put("browsers", "Protection in the browser");
        sections.put("disclosure", "Reporting a hole");
        sections.put("document", "This site");
        return sections;
    }

    /** What was tried and does not hold. */
    record Missing(String id, String verdict, String reason) {}

    /** The whole file; what does not hold stands at its end as a comment, so that the file says what is missing. */
    String yaml(List<Candidate> claims, List<Missing> missing) {
        String used = claims.stream().map(Candidate::yaml).collect(Collectors.joining());
        StringBuilder file = new StringBuilder();
        file.append("# Drafted by aver init from what anybody can see of https://")
                .append(host)
                .append(" on ")
                .append(asOf)
                .append(".\n# Each claim below held then. Put the right owners and words in, and look again with:\n")
                .append("#   ./aver prove THIS-FILE --target ")
                .append(target)
                .append("\npage: ")
                .append(id())
                .append("\ntitle: \"Security at ")
                .append(host)
                .append("\"\nauthoritative: en\nasOf: ")
                .append(asOf)
                .append("\nsections:\n");
        SECTIONS.forEach((id, title) -> {
            if (used.contains("section: " + id + "\n")) {
                file.append("  - {id: ")
                        .append(id)
                        .append(", title: \"")
                        .append(title)
                        .append("\"}\n");
            }
        });
        file.append("claims:\n");
        file.append(claims.stream().map(Candidate::yaml).collect(Collectors.joining("\n")));
        if (!missing.isEmpty()) {
            file.append("\n# Tried, and not claimed:\n");
            missing.forEach(one -> file.append("#   ")
                    .append(one.id())
                    .append(", ")
                    .append(one.verdict())
                    .append(": ")
                    .append(Terminal.oneLine(one.reason()))
                    .append('\n'));
        }
        return file.toString();
    }

    /** A page's id is a short kebab-case name: the host's, without what every host has. */
    private String id() {
        String name = host.replaceFirst("^www\\.", "")
                .replaceFirst(":[0-9]+$", "")
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
        return name.isEmpty()
                ? "site"
                : name.substring(0, Math.min(name.length(), 40)).replaceAll("-+$", "");
    }
}
