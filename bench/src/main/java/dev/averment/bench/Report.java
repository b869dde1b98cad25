package dev.averment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a benchmark found: raw figures, ratios between them, and targets that were met or missed. */
public final class Report {
    private final String name;
    private final String question;
    private final String compared;
    private final List<Samples> samples = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** A figure beside what it should be. */
    public record Target(String what, double value, String unit, boolean atLeast, double limit) {
        public boolean met() {
            return atLeast ? value >= limit : value <= limit;
        }

        String line() {
            return "| " + what + " | " + Samples.figure(value) + " " + unit + " | " + (atLeast ? "≥ " : "≤ ")
                    + Samples.figure(limit) + " " + unit + " | " + (met() ? "met" : "**missed**") + " |";
        }
    }

    /**
     * @param question what is measured, a sentence
     * @param compared what it is compared with, a sentence
     */
    public Report(String name, String question, String compared) {
        this.name = name;
        this.question = question;
        this.compared = compared;
    }

    public String name() {
        return name;
    }

    /** A new row of raw figures, to be filled. */
    public Samples samples(String label, String unit) {
        var row = new Samples(label, unit);
        samples.add(row);
        return row;
    }

    public List<Samples> samples() {
        return List.copyOf(samples);
    }

    public void atLeast(String what, double value, String unit, double limit) {
        targets.add(new Target(what, value, unit, true, limit));
    }

    public void atMost(String what, double value, String unit, double limit) {
        targets.add(new Target(what, value, unit, false, limit));
    }

    public List<Target> targets() {
        return List.copyOf(targets);
    }

    /** Something the reader must know to read the figures. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** The report as Markdown: head, targets, figures, raw figures. */
    public String markdown(Machine machine, Effort effort, String command, Instant began) {
        var out = new StringBuilder();
        out.append("# ")
                .append(name)
                .append("\n\n")
                .append(question)
                .append('\n')
                .append(compared)
                .append("\n\n");
        out.append("- Date: ").append(began.truncatedTo(ChronoUnit.SECONDS)).append('\n');
        out.append("- Machine: ").append(machine.line()).append('\n');
        out.append("- Load of the machine when it began: ")
                .append(machine.load())
                .append('\n');
        out.append("- Command: `")
                .append(command)
                .append("` (")
                .append(effort.name())
                .append(": ")
                .append(effort.rounds())
                .append(" rounds of each)\n\n");
        if (!targets.isEmpty()) {
            out.append("| target | measured | wanted | |\n| --- | ---: | ---: | --- |\n");
            targets.forEach(t -> out.append(t.line()).append('\n'));
            out.append('\n');
        }
        out.append("| measured | unit | min | median | max |\n| --- | --- | ---: | ---: | ---: |\n");
        for (Samples s : samples) {
            out.append("| ")
                    .append(s.label())
                    .append(" | ")
                    .append(s.unit())
                    .append(" | ")
                    .append(Samples.figure(s.min()))
                    .append(" | ")
                    .append(Samples.figure(s.median()))
                    .append(" | ")
                    .append(Samples.figure(s.max()))
                    .append(" |\n");
        }
        out.append('\n');
        notes.forEach(n -> out.append(n).append("\n\n"));
        out.append("Raw figures, in the order in which they were taken:\n\n```\n");
        for (Samples s : samples) {
            out.append(s.label())
                    .append(" [")
                    .append(s.unit())
                    .append("]: ")
                    .append(s.values().stream().map(Samples::figure).collect(Collectors.joining("  ")))
                    .append('\n');
        }
        return out.append("```\n").toString();
    }

    /** Writes {@code NAME.md} into {@code folder}. */
    public Path write(Path folder, Machine machine, Effort effort, String command, Instant began) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(name + ".md"), markdown(machine, effort, command, began));
    }
}
