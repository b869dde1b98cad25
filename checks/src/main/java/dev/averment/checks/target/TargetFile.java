package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
 * <pre>{@code
 * target: shop                              # what people see; the base address by default
 * web:
 *   base: https://shop.example              # scheme, host and port
 *   ca: ca.pem                              # PEM of a private authority; the system's authorities by default
 *   plain: http://shop.example              # where plain HTTP listens, if anywhere
 *   paths:                                  # GET by default; "signed-in" marks a route that wants credentials
 *     - /
 *     - GET /api/orders signed-in
 *     - POST /api/orders signed-in
 *   signedIn: {headersFile: session.txt}    # a header a line, such as "Cookie: session=…"
 * postgres:
 *   url: jdbc:postgresql://db.example/shop
 *   user: shop_app                          # the runtime role's login
 *   passwordFile: app.password
 *   probe: {user: shop_probe, passwordFile: probe.password}   # reads the catalog; the runtime login by default
 *   runtimeRole: shop_app                   # the user by default
 *   tenantColumn: tenant_id
 *   policy: "(tenant_id = (current_setting('app.tenant'::text))::uuid)"   # as pg_policies prints it
 *   context: {statement: "select set_config('app.tenant', ?, true)"}      # one ?, the tenant
 *   canaries: {a: UUID, b: UUID}            # two tenants made for probing
 *   allow:
 *     globalTables: [public.countries]
 *     securityDefiners: []
 *     otherRolePolicies: []
 *     appendOnlyTables: []
 *     auditedSchemas: [public]
 *     modificationTrigger: audit.record_change
 *     unauditedTables: []
 * registers: {file: registers.yaml}
 * log:
 *   workspace: UUID
 *   origin: example.org/log/1               # the checkpoint's first line
 *   base: https://example.org/log/1/        # where checkpoint and tile/ are
 *   vkey: example.org/log/1+…               # the verifier key, from somewhere else than the log
 * signIn:
 *   addresses: canary-{id}@shop.example     # whom checks sign up; their mail goes to the mailbox
 *   mailbox: {folder: mail/new}             # a file a message
 *   paths: {signIn: /api/login}             # Averment's own by default
 * }</pre>
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
            target = YamlMap.parse(Files.readString(file), reader.problems).map(reader::target);
        } catch (IOException e) {
            reader.problems.add(new YamlMap.Problem(
                    0,
                    "The target file " + file + " can't be read ("
                            + e.getClass().getSimpleName() + ")."));
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
        root.map("postgres").flatMap(this::postgres).ifPresent(db -> facilities.put(Database.class, db));
        root.map("registers").flatMap(this::registers).ifPresent(r -> facilities.put(Registers.class, r));
        Optional<Web> site = Optional.ofNullable(facilities.get(Web.class)).map(Web.class::cast);
        root.map("signIn")
                .flatMap(map -> SignInPart.read(map, site, folder))
                .ifPresent(signIn -> facilities.put(SignInService.class, signIn));
        root.map("log").flatMap(TargetFile::log).ifPresent(log -> facilities.put(EvidenceLog.class, log));
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

    private Optional<Database> postgres(YamlMap map) {
        Optional<String> url = map.required("url");
        if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
            map.problem(map.line("url"), "postgres.url must begin with jdbc:postgresql:.");
        }
        if (url.isPresent() && url.get().toLowerCase(Locale.ROOT).matches(".*([?&](password|user)=|//[^/]*@).*")) {
            map.problem(map.line("url"), "postgres.url must hold no login; give user and passwordFile.");
        }
        if (map.has("password")) {
            map.problem(
                    map.line("password"),
                    "A password must not stand in this file; put it into a file and give passwordFile.");
            map.text("password");
        }
        Optional<PostgresTarget.Login> runtime = login(map);
        Optional<PostgresTarget.Login> probe = map.map("probe").flatMap(p -> {
            Optional<PostgresTarget.Login> login = login(p);
            p.done();
            return login;
        });
        Optional<String> role = map.text("runtimeRole").or(() -> runtime.map(PostgresTarget.Login::user));
        Optional<String> column = map.required("tenantColumn");
        Optional<String> policy = map.required("policy");
        Optional<String> statement = map.map("context").flatMap(context -> {
            Optional<String> text = context.required("statement");
            if (text.isPresent() && text.get().chars().filter(c -> c == '?').count() != 1) {
                context.problem(context.line("statement"), "The context statement must have one ?, for the tenant.");
            }
            context.done();
            return text;
        });
        Optional<Database.Canaries> canaries = map.map("canaries").flatMap(c -> {
            Optional<UUID> a = c.value("a", "a UUID", UUID::fromString);
            Optional<UUID> b = c.value("b", "a UUID", UUID::fromString);
            if (a.isPresent() && a.equals(b)) {
                c.problem(c.line("b"), "The two canaries must be different tenants.");
            }
            if (!c.has("a") || !c.has("b")) {
                c.problem(map.line("canaries"), "postgres.canaries must name a and b.");
            }
            c.done();
            return a.isPresent() && b.isPresent()
                    ? Optional.of(new Database.Canaries(a.get(), b.get()))
                    : Optional.empty();
        });
        for (String needed : List.of("context", "canaries")) {
            if (!map.has(needed)) {
                map.required(needed);
            }
        }
        Database.Allowances allowances = map.map("allow")
                .map(TargetFile::allowances)
                .orElse(new Database.Allowances(Set.of(), Set.of(), Set.of(), Set.of(), List.of(), "", Set.of()));
        map.done();
        if (url.isEmpty()
                || runtime.isEmpty()
                || role.isEmpty()
                || column.isEmpty()
                || policy.isEmpty()
                || statement.isEmpty()
                || canaries.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PostgresTarget(
                url.get(),
                runtime.get(),
                probe.orElse(runtime.get()),
                role.get(),
                column.get(),
                policy.get(),
                statement.get(),
                canaries.get(),
                allowances));
    }

    private Optional<PostgresTarget.Login> login(YamlMap map) {
        Optional<String> user = map.required("user");
        Optional<Path> file = map.required("passwordFile").map(folder::resolve);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            map.problem(map.line("passwordFile"), "The file " + file.get() + " can't be read.");
        }
        return user.isPresent() && file.isPresent()
                ? Optional.of(new PostgresTarget.Login(user.get(), file.get()))
                : Optional.empty();
    }

    private static Database.Allowances allowances(YamlMap map) {
        Database.Allowances allowances = new Database.Allowances(
                Set.copyOf(map.texts("globalTables")),
                Set.copyOf(map.texts("securityDefiners")),
                Set.copyOf(map.texts("otherRolePolicies")),
                Set.copyOf(map.texts("appendOnlyTables")),
                List.copyOf(map.texts("auditedSchemas")),
                map.text("modificationTrigger").orElse(""),
                Set.copyOf(map.texts("unauditedTables")));
        map.done();
        return allowances;
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

    private static Optional<EvidenceLog> log(YamlMap map) {
        if (!map.has("workspace")) {
            map.required("workspace");
        }
        Optional<UUID> workspace = map.value("workspace", "a UUID", UUID::fromString);
        Optional<String> origin = map.required("origin");
        Optional<String> vkey = map.required("vkey");
        Optional<URI> base = uri(map, "base", true);
        map.done();
        return workspace.isPresent() && origin.isPresent() && vkey.isPresent() && base.isPresent()
                ? Optional.of(new EvidenceLog(workspace.get(), origin.get(), vkey.get(), base.get()))
                : Optional.empty();
    }

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
        });
    }

    private Optional<byte[]> bytes(YamlMap map, String key, String name) {
        Path file = folder.resolve(name);
        try {
            if (Files.size(file) > 1_000_000) {
                map.problem(map.line(key), "The file " + file + " is longer than 1 MB.");
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            map.problem(
                    map.line(key),
                    "The file " + file + " can't be read (" + e.getClass().getSimpleName() + ").");
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
