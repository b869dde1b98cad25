package dev.averment.checks.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the part {@code postgres} of a target file. */
final class PostgresPart {
    private static final Pattern LOGIN =
            Pattern.compile(".*([?&](password|user|sslpassword)=|//[^/]*@).*", Pattern.CASE_INSENSITIVE);

    /** A name that needs no quoting, of a setting that is not one of PostgreSQL's own. */
    private static final Pattern SETTING = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+");

    private static final Pattern STORE = Pattern.compile(".*\\.(p12|pfx)", Pattern.CASE_INSENSITIVE);

    private static final Pattern FUNCTION = Pattern.compile("(\\S+\\(.*\\)) sha256:([0-9a-f]{64})");

    private static final Database.Allowances NOTHING_ALLOWED = new Database.Allowances(
            Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), "", Set.of(), Set.of(), Database.Reviewed.NOTHING);

    private static final Pattern PARAMETER = Pattern.compile("(?<!\\?)\\?(?!\\?)");

    private static final int MOST_OTHERS = 10;

    private final Path folder;

    /** @param folder that paths are relative to */
    PostgresPart(Path folder) {
        this.folder = folder;
    }

    /** The database; empty when the part lacks something, which has become a problem of the file. */
    Optional<PostgresTarget> read(YamlMap map) {
        Tls tls = map.map("tls").map(this::tls).orElse(new Tls(Map.of(), Optional.empty()));
        Optional<PostgresAddress> address = address(map, tls);
        Optional<PostgresTarget.Login> runtime = login(map);
        Optional<PostgresTarget.Login> probe = map.map("probe").flatMap(p -> {
            Optional<PostgresTarget.Login> login = login(p);
            p.done();
            return login;
        });
        Optional<String> role = map.text("runtimeRole").or(() -> runtime.map(PostgresTarget.Login::user));
        Optional<String> column = map.required("tenantColumn");
        Optional<String> policy = map.required("policy");
        needed(map, "context");
        Optional<PostgresTarget.Entrance> entrance = map.map("context").flatMap(this::entrance);
        needed(map, "canaries");
        Optional<Database.Canaries> canaries = map.map("canaries").flatMap(c -> canaries(map, c));
        List<UUID> others = others(map);
        Optional<StatementPool.Habits> habits = map.map("pool").map(pool -> {
            StatementPool.Habits said = new StatementPool.Habits(pool.text("begin"), pool.text("end"));
            pool.done();
            return said;
        });
        Optional<StatementTrail> trail = map.map("audit").flatMap(PostgresPart::trail);
        boolean knocks = map.map("transports").map(PostgresPart::knocks).orElse(false);
        Database.Allowances allowances =
                map.map("allow").map(PostgresPart::allowances).orElse(NOTHING_ALLOWED);
        map.done();
        if (address.isEmpty()
                || runtime.isEmpty()
                || role.isEmpty()
                || column.isEmpty()
                || policy.isEmpty()
                || entrance.isEmpty()
                || canaries.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PostgresTarget(
                address.get(),
                tls.keyPassword(),
                runtime.get(),
                probe.orElse(runtime.get()),
                role.get(),
                column.get(),
                policy.get(),
                entrance.get(),
                canaries.get(),
                allowances,
                habits,
                trail,
                knocks,
                others));
    }

    /** How often a statement asks to be given a value; {@code ??} is the driver's way of writing the operator. */
    static long parameters(String statement) {
        return PARAMETER.matcher(statement).results().count();
    }

    private static void needed(YamlMap map, String key) {
        if (!map.has(key)) {
            map.required(key);
        }
    }

    private Optional<PostgresAddress> address(YamlMap map, Tls tls) {
        if (map.has("password")) {
            map.problem(
                    map.line("password"),
                    "A password must not stand in this file; put it into a file and give passwordFile.");
            map.text("password");
        }
        Optional<String> url = map.required("url");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!url.get().startsWith("jdbc:postgresql:")) {
            map.problem(map.line("url"), "postgres.url must begin with jdbc:postgresql:.");
            return Optional.empty();
        }
        if (LOGIN.matcher(url.get()).matches()) {
            map.problem(map.line("url"), "postgres.url must hold no login; give user and passwordFile.");
            return Optional.empty();
        }
        Optional<PostgresAddress> address =
                map.value("url", "an address whose parameters are encoded as in a URL", PostgresAddress::parse);
        if (address.isPresent() && !tls.files().isEmpty() && address.get().namesFiles()) {
            map.problem(map.line("tls"), "The URL names TLS files already; name them here or there, not twice.");
        }
        return address.map(said -> said.with(tls.files()));
    }

    /**
     * @param files       certificates and keys, by the driver's parameters
     * @param keyPassword opens the client's key
     */
    private record Tls(Map<String, String> files, Optional<Path> keyPassword) {}

    private Tls tls(YamlMap tls) {
        Map<String, String> parameters = new LinkedHashMap<>();
        file(tls, "ca").ifPresent(file -> parameters.put("sslrootcert", file.toString()));
        file(tls, "certificate").ifPresent(file -> parameters.put("sslcert", file.toString()));
        file(tls, "key").ifPresent(file -> {
            parameters.put("sslkey", file.toString());
            if (!tls.has("certificate") && !STORE.matcher(file.toString()).matches()) {
                tls.problem(
                        tls.line("key"),
                        "A key is used with its certificate; give certificate, too, or a key in a .p12 file.");
            }
        });
        if (tls.has("certificate") && !tls.has("key")) {
            tls.problem(tls.line("certificate"), "A certificate is used with its key; give key, too.");
        }
        Optional<Path> keyPassword = file(tls, "keyPasswordFile");
        tls.done();
        return new Tls(parameters, keyPassword);
    }

    private Optional<PostgresTarget.Entrance> entrance(YamlMap context) {
        Optional<String> setting = setting(context, "setting");
        Optional<String> seal = setting(context, "seal");
        Optional<Path> secret = file(context, "secretFile");
        Set<String> keyTables = Set.copyOf(context.texts("keyTables"));
        Optional<String> statement = context.text("statement");
        if (statement.isEmpty() && setting.isPresent() && seal.isEmpty() && secret.isEmpty()) {
            statement = Optional.of("select set_config('" + setting.get() + "', ?, true)");
        } else if (statement.isEmpty()) {
            context.required("statement");
        }
        int parameters = context.has("secretFile") ? 2 : 1;
        if (statement.isPresent() && parameters(statement.get()) != parameters) {
            context.problem(
                    context.line("statement"),
                    parameters == 1
                            ? "The context statement must have one ?, for the tenant."
                            : "The context statement must have two ?, for the tenant and for the secret.");
        }
        for (String needing : List.of("seal", "keyTables")) {
            if (context.has(needing) && !context.has("setting")) {
                context.problem(context.line(needing), "A sealed context is kept in a setting; give setting, too.");
            }
        }
        context.done();
        Optional<Database.ContextSettings> settings =
                setting.map(name -> new Database.ContextSettings(name, seal, keyTables));
        return statement.map(text -> new PostgresTarget.Entrance(text, secret, settings));
    }

    private static Optional<String> setting(YamlMap map, String key) {
        return map.value(key, "the name of a setting such as app.tenant", text -> {
            if (!SETTING.matcher(text).matches()) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    private static Optional<Database.Canaries> canaries(YamlMap map, YamlMap c) {
        Optional<UUID> a = c.value("a", "a UUID", UUID::fromString);
        Optional<UUID> b = c.value("b", "a UUID", UUID::fromString);
        if (a.isPresent() && a.equals(b)) {
            c.problem(c.line("b"), "The two canaries must be different tenants.");
        }
        if (!c.has("a") || !c.has("b")) {
            c.problem(map.line("canaries"), "postgres.canaries must name a and b.");
        }
        c.done();
        return a.isPresent() && b.isPresent() ? Optional.of(new Database.Canaries(a.get(), b.get())) : Optional.empty();
    }

    private static List<UUID> others(YamlMap map) {
        List<UUID> others = new ArrayList<>();
        for (String text : map.texts("others")) {
            try {
                others.add(UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                map.problem(map.line("others"), "\"" + text + "\" is no UUID of a tenant.");
            }
        }
        if (others.size() > MOST_OTHERS) {
            map.problem(map.line("others"), "There are more than " + MOST_OTHERS + " other tenants.");
        }
        return others;
    }

    private static Optional<StatementTrail> trail(YamlMap audit) {
        Optional<String> written = statement(audit, "written", "the table's name");
        Optional<String> present = statement(audit, "present", "the record's id");
        audit.done();
        return written.isPresent() && present.isPresent()
                ? Optional.of(new StatementTrail(written.get(), present.get()))
                : Optional.empty();
    }

    private static Optional<String> statement(YamlMap map, String key, String parameter) {
        Optional<String> statement = map.required(key);
        if (statement.isPresent() && parameters(statement.get()) != 1) {
            map.problem(map.line(key), "The statement " + key + " must have one ?, for " + parameter + ".");
        }
        return statement;
    }

    private static boolean knocks(YamlMap transports) {
        boolean plain = transports.required("plain").filter("true"::equals).isPresent();
        if (transports.has("plain") && !plain) {
            transports.problem(
                    transports.line("plain"),
                    "postgres.transports.plain must be true; leave transports out to have no connection without TLS tried.");
        }
        transports.done();
        return plain;
    }

    private Optional<PostgresTarget.Login> login(YamlMap map) {
        Optional<String> user = map.required("user");
        if (!map.has("passwordFile")) {
            map.required("passwordFile");
        }
        Optional<Path> file = file(map, "passwordFile");
        return user.isPresent() && file.isPresent()
                ? Optional.of(new PostgresTarget.Login(user.get(), file.get()))
                : Optional.empty();
    }

    /** The file that {@code key} names; one that can't be read is a problem. */
    private Optional<Path> file(YamlMap map, String key) {
        Optional<Path> file = map.text(key).map(folder::resolve);
        try {
            if (file.isPresent()) {
                PlainFile.see(file.get());
            }
            return file;
        } catch (IOException e) {
            map.problem(map.line(key), "The file " + file.get() + " " + PlainFile.why(e) + ".");
            return Optional.empty();
        }
    }

    private static Database.Allowances allowances(YamlMap map) {
        if (map.has("auditedSchemas")) {
            map.texts("auditedSchemas");
            map.problem(
                    map.line("auditedSchemas"),
                    "Every schema's tables are audited; take auditedSchemas out, and name exceptions as unauditedSchemas or"
                            + " unauditedTables.");
        }
        Database.Reviewed reviewed =
                map.map("reviewed").map(PostgresPart::reviewed).orElse(Database.Reviewed.NOTHING);
        Database.Allowances allowances = new Database.Allowances(
                Set.copyOf(map.texts("globalTables")),
                Set.copyOf(map.texts("securityDefiners")),
                Set.copyOf(map.texts("otherRolePolicies")),
                Set.copyOf(map.texts("appendOnlyTables")),
                Set.copyOf(map.texts("unauditedSchemas")),
                map.text("modificationTrigger").orElse(""),
                Set.copyOf(map.texts("unauditedTables")),
                Set.copyOf(map.texts("eventTriggers")),
                reviewed);
        map.done();
        return allowances;
    }

    private static Database.Reviewed reviewed(YamlMap map) {
        Map<String, String> functions = new LinkedHashMap<>();
        for (String line : map.texts("functions")) {
            Matcher function = FUNCTION.matcher(line.strip());
            if (function.matches()) {
                functions.put(String.valueOf(function.group(1)), String.valueOf(function.group(2)));
            } else {
                map.problem(
                        map.line("functions"),
                        "\"" + line
                                + "\" is no reviewed function; write schema.function(type, type) sha256:…, 64 digits.");
            }
        }
        Map<String, String> catalog = new LinkedHashMap<>();
        for (String line : map.texts("catalog")) {
            int name = line.indexOf(": ");
            if (name > 0) {
                catalog.put(line.substring(0, name), line.substring(name + 2));
            } else {
                map.problem(
                        map.line("catalog"),
                        "\"" + line + "\" is no line of the catalog; write it as the check's finding says it, such as"
                                + " trigger app.note/record: always: CREATE TRIGGER …");
            }
        }
        Database.Reviewed reviewed = new Database.Reviewed(
                functions,
                Set.copyOf(map.texts("references")),
                Set.copyOf(map.texts("grants")),
                Set.copyOf(map.texts("extensions")),
                catalog);
        map.done();
        return reviewed;
    }
}
