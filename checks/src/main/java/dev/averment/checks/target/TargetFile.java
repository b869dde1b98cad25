package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes a user's own system to the checks. Every part is optional; a check that needs a missing one is unproven and
 * says so. Paths are relative to the file. Secrets stand in files of their own, never here.
 * {@code docs/target-file.md} shows every key.
 */
public final class TargetFile {
    private static final int MAX_PATHS = 1_000;
    private static final Pattern ROUTE = Pattern.compile("(?:([A-Z]+) )?(/\\S*)( signed-in)?");

    private final Path folder;
    private final InstantSource clock;
    private final List<YamlMap.Problem> problems = new ArrayList<>();

    private TargetFile(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** What came of reading. */
    public sealed interface Result {
        /** The target, ready to be looked at; nothing has been connected to. */
        record Read(Target target) implements Result {}

        /** Every mistake in the file, by line. */
        record Refused(List<Mistake> mistakes) implements Result {}
    }

    /**
     * @param line    0 when it concerns the whole file
     * @param message what is wrong and what to do
     */
    public record Mistake(int line, String message) {
        @Override
        public String toString() {
            return line > 0 ? "line " + line + ": " + message : message;
        }
    }

    public static Result read(Path file) {
        return read(file, InstantSource.system());
    }

    /** @param clock says which day it is where a register counts days from today */
    public static Result read(Path file, InstantSource clock) {
        TargetFile reader = new TargetFile(
                Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file), clock);
        Optional<Target> target = Optional.empty();
        try {
            target = YamlMap.parse(PlainFile.text(file), reader.problems).map(reader::target);
        } catch (IOException e) {
            reader.problems.add(new YamlMap.Problem(0, "The target file " + file + " " + PlainFile.why(e) + "."));
        }
        if (target.isPresent() && reader.problems.isEmpty()) {
            return new Result.Read(target.get());
        }
        return new Result.Refused(reader.problems.stream()
                .map(problem -> new Mistake(problem.line(), problem.message()))
                .toList());
    }

    private Target target(YamlMap root) {
        Map<Class<?>, Target.Facility> facilities = new LinkedHashMap<>();
        root.map("web").flatMap(this::web).ifPresent(web -> facilities.put(Web.class, web));
        Optional<PostgresTarget> database = root.map("postgres").flatMap(new PostgresPart(folder)::read);
        database.ifPresent(db -> facilities.put(Database.class, db));
        root.map("registers").flatMap(this::registers).ifPresent(r -> facilities.put(Registers.class, r));
        Optional<Web> site = Optional.ofNullable(facilities.get(Web.class)).map(Web.class::cast);
        root.map("signIn")
                .flatMap(map -> SignInPart.read(map, site, folder))
                .ifPresent(signIn -> facilities.put(SignInService.class, signIn));
        root.map("log").flatMap(map -> log(map, database)).ifPresent(log -> facilities.put(EvidenceLog.class, log));
        String fallback =
                facilities.get(Web.class) instanceof Web web ? web.base().toString() : "target";
        String name = root.text("target").orElse(fallback);
        root.done();
        return new Described(name, facilities);
    }

    private Optional<Web> web(YamlMap map) {
        Optional<URI> base = uri(map, "base", true);
        Optional<byte[]> authority = map.text("ca").flatMap(name -> bytes(map, "ca", name));
        Optional<URI> plain = uri(map, "plain", false);
        Set<Web.Route> routes = new LinkedHashSet<>();
        for (String path : map.texts("paths")) {
            Matcher route = ROUTE.matcher(path.strip());
            if (route.matches()) {
                routes.add(new Web.Route(
                        Optional.ofNullable(route.group(1)).orElse("GET"),
                        String.valueOf(route.group(2)),
                        route.group(3) != null));
            } else {
                map.problem(
                        map.line("paths"),
                        "\"" + path + "\" is no route; write /path, \"METHOD /path\" or \"METHOD /path signed-in\".");
            }
        }
        if (routes.size() > MAX_PATHS) {
            map.problem(map.line("paths"), "There are more than " + MAX_PATHS + " paths.");
        }
        Map<String, String> signedIn = new LinkedHashMap<>();
        map.map("signedIn").ifPresent(credentials -> {
            credentials.required("headersFile").ifPresent(name -> headers(credentials, name, signedIn));
            credentials.done();
        });
        map.done();
        if (base.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WebTargets.open(base.get(), authority, plain, false, List.copyOf(routes), signedIn));
        } catch (CollectException e) {
            map.problem(map.line("base"), e.getMessage());
            return Optional.empty();
        }
    }

    private void headers(YamlMap map, String name, Map<String, String> headers) {
        for (String line : bytes(map, "headersFile", name)
                .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                .orElse("")
                .lines()
                .filter(line -> !line.isBlank())
                .toList()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                // The line is a secret: its number says enough.
                map.problem(map.line("headersFile"), "A line of " + name + " is no header; write \"Name: value\".");
                return;
            }
            headers.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
    }

    private Optional<Registers> registers(YamlMap map) {
        Optional<Path> file = map.required("file").map(folder::resolve);
        map.done();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        RegisterFile registers =
                new RegisterFile(file.get(), () -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        List<YamlMap.Problem> inside = new ArrayList<>();
        registers.read(inside);
        inside.forEach(problem -> map.problem(
                map.line("file"),
                file.get().getFileName() + (problem.line() > 0 ? ", line " + problem.line() : "") + ": "
                        + problem.message()));
        return Optional.of(registers);
    }

    private static Optional<EvidenceLog> log(YamlMap map, Optional<? extends Database> database) {
        if (!map.has("workspace")) {
            map.required("workspace");
        }
        Optional<UUID> workspace = map.value("workspace", "a UUID", UUID::fromString);
        Optional<String> origin = map.required("origin");
        Optional<String> vkey = map.required("vkey");
        Optional<URI> base = uri(map, "base", true);
        Optional<String> entries = map.map("entries").flatMap(stored -> entries(map, stored, database));
        map.done();
        if (workspace.isEmpty() || origin.isEmpty() || vkey.isEmpty() || base.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EvidenceLog(
                workspace.get(),
                origin.get(),
                vkey.get(),
                base.get(),
                entries.flatMap(statement -> database.map(
                        where -> new BundledEntries(new StatementEntries(where, workspace.get(), statement))))));
    }

    private static Optional<String> entries(YamlMap map, YamlMap stored, Optional<? extends Database> database) {
        Optional<String> statement = stored.required("statement");
        if (statement.isPresent() && PostgresPart.parameters(statement.get()) != 2) {
            stored.problem(
                    stored.line("statement"),
                    "The statement must have two ?, for the first sequence and the first one beyond.");
        }
        if (database.isEmpty()) {
            map.problem(map.line("entries"), "Stored entries are read from the database; describe it under postgres.");
        }
        stored.done();
        return statement;
    }

    /** An address without a login, which would stand in messages, facts and logs. */
    private static Optional<URI> uri(YamlMap map, String key, boolean required) {
        if (required && !map.has(key)) {
            map.required(key);
        }
        return map.value(key, "an address such as https://example.org", text -> {
                    URI uri = URI.create(text);
                    if (!uri.isAbsolute() || uri.getHost() == null) {
                        throw new IllegalArgumentException("relative");
                    }
                    return uri;
                })
                .filter(uri -> {
                    if (uri.getRawUserInfo() != null) {
                        map.problem(
                                map.line(key), "An address must hold no login; give headers that sign in as signedIn.");
                    }
                    return uri.getRawUserInfo() == null;
                });
    }

    private Optional<byte[]> bytes(YamlMap map, String key, String name) {
        Path file = folder.resolve(name);
        try {
            return Optional.of(PlainFile.bytes(file));
        } catch (IOException e) {
            map.problem(map.line(key), "The file " + file + " " + PlainFile.why(e) + ".");
            return Optional.empty();
        }
    }

    private record Described(String name, Map<Class<?>, Target.Facility> facilities) implements Target {
        @Override
        public <T extends Facility> Optional<T> facility(Class<T> kind) {
            Target.@Nullable Facility facility = facilities.get(kind);
            return facility == null ? Optional.empty() : Optional.of(kind.cast(facility));
        }
    }
}
