package dev.averment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processor time of a process with all its children, from {@code /proc}: what a busy machine disturbs least. */
final class ProcessorTime {
    /** Clock ticks a second: 100 on every Linux that Java runs on. */
    private static final double TICKS = 100;

    private ProcessorTime() {}

    /** User and system time so far, in microseconds, of {@code pid}, its children that live and those that ended. */
    static double micros(long pid) throws IOException {
        double total = own(pid);
        Stream<ProcessHandle> below =
                ProcessHandle.of(pid).map(ProcessHandle::descendants).orElse(Stream.empty());
        for (long child : below.map(ProcessHandle::pid).toList()) {
            total += own(child);
        }
        return total;
    }

    /** Processor time of this JVM, compiler and collector included, in microseconds. */
    static double own() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
    }

    private static double own(long pid) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (NoSuchFileException e) {
            return 0;
        }
        // The program's name stands in brackets and may hold spaces; utime is the twelfth field after it.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        double ticks = 0;
        for (int field = 11; field <= 14; field++) {
            ticks += Long.parseLong(fields.get(field));
        }
        return ticks / TICKS * 1e6;
    }
}
