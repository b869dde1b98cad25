package dev.averment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were measured on.
 *
 * @param line processor, cores, memory, kernel, JDK
 * @param load the kernel's three load averages when the benchmark began: above the number of cores the figures are low
 */
public record Machine(String line, String load) {

    /** Looks at this machine. */
    public static Machine look() throws IOException {
        String processor = field(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch"));
        String memory = field(Path.of("/proc/meminfo"), "MemTotal", "").replaceAll("\\D", "");
        return new Machine(
                processor + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                        + (memory.isEmpty() ? "?" : Math.round(Long.parseLong(memory) / 1048576.0)) + " GiB, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", JDK "
                        + Runtime.version(),
                Files.isReadable(Path.of("/proc/loadavg"))
                        ? String.join(
                                        " ",
                                        Files.readString(Path.of("/proc/loadavg"))
                                                .split(" ", 4))
                                .replaceAll(" \\d+/.*", "")
                                .strip()
                        : "unknown");
    }

    private static String field(Path file, String name, String otherwise) throws IOException {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(l -> l.startsWith(name))
                    .map(l -> l.substring(l.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        }
    }
}
