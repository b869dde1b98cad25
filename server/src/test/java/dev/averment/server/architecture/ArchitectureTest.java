package dev.averment.server.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.AvermentApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The rules of the house, each as a test: rooms and their floors, names, where SQL may stand, how long a file may be. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST = 450;

    /** A statement, not a sentence: what follows the verb is how SQL goes on. */
    private static final Pattern SQL = Pattern.compile(
            "\"\\s*(select\\s+\\S.*|insert into \\S+|update \\w+\\.\\w+|delete from \\S+|with \\w+ as \\(|create (table|schema|role|database) |alter role |grant |revoke )",
            Pattern.CASE_INSENSITIVE);

    private static JavaClasses server;
    private static JavaClasses evidence;

    @BeforeAll
    static void read() {
        server = whereItLies(AvermentApplication.class);
        evidence = whereItLies(Leaf.class);
    }

    /** Everything that is built into the same folder or jar: what ships, and no test. */
    private static JavaClasses whereItLies(Class<?> type) {
        return new ClassFileImporter()
                .importUrl(type.getProtectionDomain().getCodeSource().getLocation());
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            List<Path> all = files.filter(f -> f.toString().endsWith(".java")).toList();
            assertThat(all).hasSizeGreaterThan(60);
            return all;
        }
    }

    /** No cycles, and nothing of a room is used that it does not show. */
    @Test
    void the_rooms_hold() {
        ApplicationModules modules = ApplicationModules.of("dev.averment.server");
        assertThat(modules.stream().map(m -> m.getIdentifier().toString()))
                .contains(
                        "database",
                        "tenancy",
                        "evidence",
                        "registers",
                        "claims",
                        "delivery",
                        "jobs",
                        "loop",
                        "clocks",
                        "stream",
                        "incidents",
                        "drill",
                        "proving",
                        "limits",
                        "outbound",
                        "identity",
                        "edge",
                        "identity",
                        "limits",
                        "outbound",
                        "monitoring",
                        "api",
                        "publicsite",
                        "console",
                        "boot");
        modules.verify();
    }

    /** What a room may use, lowest first; boot puts them together and may know them all. */
    @Test
    void the_arrows_point_down() {
        Map<String, List<String>> uses = new LinkedHashMap<>();
        // Ground floor.
        uses.put("loop", List.of());
        uses.put("database", List.of());
        uses.put("limits", List.of());
        uses.put("telemetry", List.of());
        uses.put("tenancy", List.of("database"));
        uses.put("evidence", List.of("database", "loop", "tenancy"));
        uses.put("edge", List.of("database"));
        uses.put("jobs", List.of("database", "loop", "tenancy"));
        uses.put("outbound", List.of("database", "loop"));
        uses.put("stream", List.of("limits", "loop", "tenancy"));
        // Middle.
        uses.put("registers", List.of("tenancy"));
        uses.put("claims", List.of("evidence", "registers", "tenancy"));
        uses.put("identity", List.of("database", "edge", "evidence", "jobs", "limits", "loop", "outbound", "tenancy"));
        uses.put("disclosure", List.of("database", "edge", "registers", "tenancy"));
        uses.put("clocks", List.of("evidence", "tenancy"));
        uses.put("delivery", List.of("evidence", "jobs", "outbound", "tenancy"));
        uses.put(
                "monitoring",
                List.of("database", "edge", "evidence", "identity", "limits", "loop", "stream", "tenancy"));
        uses.put(
                "incidents",
                List.of(
                        "claims",
                        "clocks",
                        "delivery",
                        "edge",
                        "evidence",
                        "identity",
                        "jobs",
                        "monitoring",
                        "stream",
                        "tenancy"));
        uses.put("drill", List.of("delivery", "evidence", "identity", "incidents", "jobs", "monitoring", "tenancy"));
        uses.put(
                "proving",
                List.of(
                        "claims",
                        "database",
                        "evidence",
                        "identity",
                        "jobs",
                        "loop",
                        "outbound",
                        "registers",
                        "stream",
                        "tenancy"));
        // Top. What the console looks like is the public site's.
        uses.put("publicsite", List.of("claims", "edge"));
        uses.put(
                "api",
                List.of(
                        "claims",
                        "delivery",
                        "edge",
                        "evidence",
                        "identity",
                        "jobs",
                        "limits",
                        "proving",
                        "stream",
                        "tenancy"));
        uses.put("healthchecks", List.of("delivery", "edge", "identity", "monitoring"));
        uses.put(
                "console",
                List.of("clocks", "delivery", "drill", "edge", "identity", "incidents", "monitoring", "publicsite"));
        uses.forEach((room, used) -> classes()
                .that()
                .resideInAPackage("dev.averment.server." + room + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.averment.server..")
                        .or(resideInAnyPackage(
                                java.util.stream.Stream.concat(java.util.stream.Stream.of(room), used.stream())
                                        .map(r -> "dev.averment.server." + r + "..")
                                        .toArray(String[]::new))))
                .check(server));
        assertThat(ApplicationModules.of("dev.averment.server").stream()
                        .map(m -> m.getIdentifier().toString()))
                .as("a room that is not in the list above")
                .isSubsetOf(java.util.stream.Stream.concat(uses.keySet().stream(), java.util.stream.Stream.of("boot"))
                        .toList());
    }

    /** A route of a workspace whose handler asks nobody would let everybody in (ASVS 8.2.1, 8.4.1). */
    @Test
    void every_route_of_a_workspace_declares_what_it_needs() {
        var routes = server.stream()
                .flatMap(c -> c.getMethods().stream())
                .filter(m -> m.getAnnotations().stream()
                        .filter(a -> a.getRawType().getName().startsWith("org.springframework.web.bind.annotation."))
                        .flatMap(a -> a.get("value").stream())
                        .flatMap(v -> v instanceof String[] paths
                                ? java.util.Arrays.stream(paths)
                                : java.util.stream.Stream.of())
                        .anyMatch(path -> path.startsWith("/api/v1/workspaces/{workspace}")
                                || path.startsWith("/api/v3/")
                                || path.startsWith("/workspaces/{workspace}")))
                .toList();
        assertThat(routes).hasSizeGreaterThan(8).allSatisfy(method -> {
            assertThat(method.isAnnotatedWith("dev.averment.server.identity.workspace.Needs"))
                    .as(method.getFullName())
                    .isTrue();
            assertThat(method.getRawParameterTypes().stream().map(t -> t.getSimpleName()))
                    .as(method.getFullName())
                    .contains("Entrance");
        });
    }

    @Test
    void nothing_is_called_after_having_no_name() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotStartingWith("Common")
                .check(server.that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are not about CommonMark", c -> !c.getSimpleName().startsWith("CommonMark"))));
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..manager..")
                .check(server);
        // Spring's own word for what ends a transaction is the only manager.
        assertThat(server.stream()
                        .map(c -> c.getSimpleName())
                        .filter(n -> n.contains("Manager") && !n.endsWith("TransactionManager")))
                .isEmpty();
    }

    @Test
    void sql_stands_in_stores_and_where_the_database_itself_is_the_subject() throws IOException {
        List<String> elsewhere = new ArrayList<>();
        for (Path file : sources()) {
            String name = file.getFileName().toString();
            boolean allowed = name.endsWith("Store.java")
                    || name.equals("LogReader.java")
                    || name.equals("Seal.java")
                    || file.toString().contains("/server/database/")
                    || file.toString().contains("/server/proving/");
            if (!allowed) {
                String text = Files.readString(file).replace("\"\"\"", "\"");
                if (SQL.matcher(text).find()) {
                    elsewhere.add(file.toString());
                }
            }
        }
        assertThat(elsewhere).isEmpty();
    }

    /** The judge must be able to fail. */
    @Test
    void the_pattern_for_sql_knows_a_statement_from_a_sentence() {
        for (String statement : List.of(
                "\"select 1 from x\"",
                "\"\n   insert into a.b (c)",
                "\"update tenancy.member set",
                "\"delete from a",
                "\"with next as (")) {
            assertThat(SQL.matcher(statement).find()).as(statement).isTrue();
        }
        for (String sentence : List.of("\"selected by hand\"", "\"update the page\"", "\"with care\"")) {
            assertThat(SQL.matcher(sentence).find()).as(sentence).isFalse();
        }
    }

    @Test
    void nobody_sleeps_and_only_the_command_line_prints() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(server);
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(server);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.averment.server.boot..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(server);
    }

    /** Time is injected: only the way from the command line to the application, and wiring, may ask the machine. */
    @Test
    void time_is_injected() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.averment.server.boot..", "dev.averment.server.database..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.InstantSource.class, "system")
                .check(server);
    }

    @Test
    void no_file_is_longer_than_one_idea() throws IOException {
        List<String> longer = new ArrayList<>();
        for (Path file : sources()) {
            long lines;
            try (var read = Files.lines(file)) {
                lines = read.count();
            }
            if (lines > LONGEST) {
                longer.add(file + " " + lines);
            }
        }
        assertThat(longer).isEmpty();
    }

    /** Whoever verifies a packet needs nothing but a JDK. */
    @Test
    void the_evidence_module_uses_the_jdk_only() {
        assertThat(evidence).hasSizeGreaterThan(40);
        classes()
                .that()
                .resideInAPackage("dev.averment.evidence..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.averment.evidence..", "java..", "javax..", "org.jspecify..")
                .check(evidence);
    }
}
