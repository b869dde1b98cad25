package dev.averment.cli.packet;

import dev.averment.cli.Json;
import dev.averment.cli.Terminal;
import dev.averment.evidence.packet.PacketReport;
import dev.averment.evidence.packet.PacketReport.Age;
import dev.averment.evidence.packet.PacketReport.Freshness;
import dev.averment.evidence.packet.PacketReport.Result;
import dev.averment.evidence.packet.Verdict;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What verifying a packet showed, for people and for programs. */
record VerifyReport(Path packet, PacketReport report, Instant now, int exit) {

    private Map<String, Result> results() {
        Map<String, Result> results = new LinkedHashMap<>();
        results.put("integrity", report.integrity());
        results.put("signature", report.signature());
        results.put("inclusion", report.inclusion());
        results.put("consistency", report.consistency());
        results.put("anchoring", report.anchoring());
        return results;
    }

    /** A line a question, one with the claims that fail, one for freshness, a line a claim that is not fresh, and a last line for a ticket. */
    void text(Terminal terminal) {
        PrintStream out = terminal.out();
        results()
                .forEach((question, result) ->
                        out.printf("%-12s %-7s %s%n", question, word(result.status()), line(result.reason())));
        List<String> failing = report.freshness().stream()
                .filter(claim -> claim.verdict() == Verdict.FAILING)
                .map(claim -> line(claim.claim()))
                .toList();
        if (!failing.isEmpty()) {
            out.printf("%-12s %s%n", "failing", String.join(", ", failing));
        }
        List<Freshness> old = report.freshness().stream()
                .filter(claim -> claim.age() != Age.FRESH)
                .toList();
        boolean lapsed = report.freshness().stream().anyMatch(Freshness::lapsed);
        String fresh = report.freshness().isEmpty()
                ? "absent  not asked, since the packet could not be read"
                : (lapsed ? "fails   " : "holds   ")
                        + (report.freshness().size() - old.size()) + " of "
                        + report.freshness().size() + " claims have fresh evidence at "
                        + now.truncatedTo(ChronoUnit.SECONDS);
        out.printf("%-12s %s%n", "freshness", fresh);
        for (Freshness claim : old) {
            out.println("  " + claim.claim() + ": " + claim.verdict().name().toLowerCase(Locale.ROOT)
                    + " in the packet, " + age(claim));
        }
        String page = report.page()
                .map(read -> " · page " + line(read.id())
                        + (read.organisation().equals(read.id()) ? "" : " of " + line(read.organisation())) + ", made "
                        + read.created().truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        out.println(overall() + page + " · " + packet.getFileName() + " · " + now.truncatedTo(ChronoUnit.SECONDS)
                + " · exit " + exit + failing(failing.size()));
        if (report.overall() == PacketReport.Overall.INTEGRITY_ONLY) {
            terminal.say("no key was given, so anybody could have made this packet; give the log's key with --key");
        }
    }

    /** The exit code is about the packet: one that says truly that claims fail holds. */
    private static String failing(int claims) {
        return switch (claims) {
            case 0 -> "";
            case 1 -> " · 1 claim is failing";
            default -> " · " + claims + " claims are failing";
        };
    }

    void json(PrintStream out) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("packet", packet.toString());
        root.put("at", now.toString());
        root.put("overall", word(report.overall()));
        Map<String, Object> results = new LinkedHashMap<>();
        results().forEach((question, result) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("status", word(result.status()));
            entry.put("reason", result.reason());
            results.put(question, entry);
        });
        root.put("results", results);
        List<Object> freshness = new ArrayList<>();
        for (Freshness claim : report.freshness()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("claim", claim.claim());
            entry.put("verdict", claim.verdict().name().toLowerCase(Locale.ROOT));
            entry.put("age", word(claim.age()));
            entry.put("since", claim.since().map(Instant::toString).orElse(null));
            entry.put("lapsed", claim.lapsed());
            freshness.add(entry);
        }
        root.put("freshness", freshness);
        root.put(
                "page",
                report.page()
                        .map(read -> {
                            Map<String, Object> page = new LinkedHashMap<>();
                            page.put("id", read.id());
                            page.put("title", read.title());
                            page.put("organisation", read.organisation());
                            page.put("created", read.created().toString());
                            page.put("origin", read.origin());
                            page.put("size", read.size());
                            return page;
                        })
                        .orElse(null));
        root.put("exit", exit);
        Json.write(root, out);
    }

    private String overall() {
        return switch (report.overall()) {
            case HOLDS -> "holds";
            case DOES_NOT_HOLD -> "does not hold";
            case INTEGRITY_ONLY -> "integrity only";
            case COULD_NOT_TELL -> "could not tell";
        };
    }

    private static String age(Freshness claim) {
        return switch (claim.age()) {
            case FRESH -> "fresh";
            case STALE ->
                "stale"
                        + claim.since()
                                .map(since -> " since " + since.truncatedTo(ChronoUnit.SECONDS))
                                .orElse("");
            case NEVER -> "never any evidence";
            case FUTURE -> "collected in the future: a wrong clock, or a lie";
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A packet is somebody else's text: it must not move the cursor. */
    private static String line(String text) {
        return Terminal.oneLine(text);
    }
}
