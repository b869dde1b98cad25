package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Target;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.postgres.Catalog;
import dev.averment.checks.postgres.ReviewedCatalog;
import dev.averment.claims.Page;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.proving.ReviewedAllowances.Kind;
import dev.averment.server.proving.ReviewedAllowances.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A line that outlives what it allowed would allow the next thing of that name unseen. That nothing is missing is what the
 * checks themselves see.
 */
class ReviewedAllowancesTest {
    private static final Path CATALOG = Path.of("src/main/resources/dev/averment/server/tenancy", ReviewedLines.FILE);

    private static final String TABLES = """
            select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p')""";
    private static final String FUNCTIONS = """
            select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace""";

    private static final Map<Kind, String> WITHIN = Map.of(
            Kind.APPEND_ONLY_TABLE,
            TABLES + " and not has_table_privilege('averment_app', c.oid, 'UPDATE,DELETE,TRUNCATE')",
            Kind.EXTENSION,
            "select extname as name from pg_extension",
            Kind.GLOBAL_TABLE,
            TABLES + """
                 and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id')""",
            Kind.MODIFICATION_TRIGGER,
            FUNCTIONS + " where p.prorettype = 'trigger'::regtype",
            Kind.OTHER_ROLE_POLICY,
            """
            select schemaname || '.' || tablename || '/' || policyname as name from pg_policies
             where not 'averment_app' = any (roles) and not 'public' = any (roles)""",
            Kind.SECURITY_DEFINER,
            """
            select n.nspname || '.' || p.proname || '(' || array_to_string(array(
                     select format_type(t, null) from unnest(p.proargtypes) t), ', ') || ')' as name
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef""",
            Kind.UNAUDITED_TABLE,
            TABLES + """
                 and not exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                                  where t.tgrelid = c.oid and p.proname = 'record_change')""");

    @Test
    void every_line_still_allows_something() throws Exception {
        try (var database = TestDatabase.open()) {
            for (Kind kind : WITHIN.keySet()) {
                List<String> there = database.rows(WITHIN.get(kind)).stream()
                        .map(row -> row.get("name").toString())
                        .toList();
                List<String> allowed = ReviewedAllowances.lines().stream()
                        .filter(line -> line.kind() == kind)
                        .map(Line::name)
                        .toList();
                assertThat(allowed).as(kind.word()).isNotEmpty();
                assertThat(there).as(kind.word()).containsAll(allowed);
            }
        }
    }

    /** A grant, function or reference that changed on purpose is entered anew here; the finding says how it is now. */
    @ParameterizedTest
    @ValueSource(strings = {"role-privileges", "cross-workspace-references", "isolation-catalog"})
    void what_was_reviewed_is_exactly_what_is_there(String type) throws Exception {
        try (var database = TestDatabase.open()) {
            Facts facts = ofInstance(type, database);

            assertThat(facts.values().getOrDefault("grantsGone", 0L))
                    .as("grants that nobody holds any more")
                    .isEqualTo(0L);
            assertThat(facts.values().getOrDefault("gone", List.of()))
                    .as("references that are not there")
                    .isEqualTo(List.of());
            assertThat(facts.values().getOrDefault("findings", List.of()))
                    .as("what the catalog rules find")
                    .isEqualTo(List.of());
            assertThat(facts.subjects())
                    .filteredOn(s -> s.name().equals("GRANT beyond the reviewed list"))
                    .allSatisfy(s -> assertThat(s.facts()).containsEntry("accepted", List.of()));
            assertThat(facts.subjects()).isNotEmpty();
        }
    }

    /** Written anew by {@code mvn … -Dtest=ReviewedAllowancesTest -Daverment.write=true test}, to be reviewed as a diff. */
    @Test
    void the_catalog_says_word_for_word_what_was_reviewed() throws Exception {
        try (var database = TestDatabase.open();
                Catalog catalog = Catalog.open(instance(database))) {
            SortedMap<String, String> now = ReviewedCatalog.now(catalog);
            if (Boolean.getBoolean("averment.write")) {
                List<String> lines = Files.readAllLines(CATALOG).stream()
                        .filter(line -> line.startsWith("#"))
                        .collect(Collectors.toCollection(ArrayList::new));
                Map<String, String> written = new TreeMap<>(now);
                ReviewedLines.parse(Files.readString(CATALOG)).forEach((name, definition) -> {
                    if (name.startsWith("server ")) {
                        written.putIfAbsent(name, definition);
                    }
                });
                written.forEach((name, definition) -> lines.add(name + "\t" + definition));
                Files.write(CATALOG, lines);
            }
            Map<String, String> reviewed = new TreeMap<>(ReviewedLines.parse(Files.readString(CATALOG)));
            // Lines about other versions of the server stay.
            reviewed.keySet().removeIf(name -> name.startsWith("server ") && !now.containsKey(name));
            assertThat(now)
                    .as("catalog.tsv is not what the migrations make; write it anew with -Daverment.write=true")
                    .isEqualTo(reviewed);
        }
    }

    @Test
    void every_reference_that_is_there_was_reviewed() throws Exception {
        try (var database = TestDatabase.open()) {
            long reviewed = ReviewedAllowances.read().reviewed().references().size();

            // Two keys between the same columns are one reference.
            assertThat(ofInstance("cross-workspace-references", database).subjects())
                    .hasSize((int) reviewed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant select on seal.key to averment_worker",
                "grant select (email) on identity.account to averment_app",
                "grant select on tenancy.member to averment_auth with grant option",
                "grant pg_read_all_data to averment_probe",
                "grant averment_auth to averment_worker",
                "grant usage on schema claims to public",
                "grant select (rolpassword) on pg_authid to public",
                "grant execute on function pg_read_file(text) to averment_log",
                "alter table registers.entry owner to averment_log",
                "alter default privileges for role averment_owner grant select on tables to averment_log",
                "create role intruder; grant select on claims.page to intruder",
                "create role intruder replication login",
                "create role intruder createrole",
                "create role intruder in role pg_read_all_data",
                "alter role averment_auth replication",
                "alter role averment_ingest createdb",
                "alter role averment_seal login",
            })
    void a_grant_that_nobody_reviewed_is_seen(String grant) throws Exception {
        try (var database = TestDatabase.open()) {
            try (var admin = database.access()
                            .connect(
                                    database.access().administrator(),
                                    database.access().database());
                    var statement = admin.createStatement()) {
                admin.setAutoCommit(false);
                statement.execute(grant.replace("claims.page", "claims.revision"));
                admin.commit();
                try {
                    assertThat(ofInstance("role-privileges", database).subjects())
                            .filteredOn(s -> s.name().equals("GRANT beyond the reviewed list"))
                            .singleElement()
                            .satisfies(s -> assertThat((List<?>) s.facts().get("accepted"))
                                    .isNotEmpty());
                } finally {
                    // Roles are of the whole cluster, which other tests share.
                    statement.execute(
                            "revoke pg_read_all_data from averment_probe; revoke averment_auth from averment_worker;"
                                    + " alter role averment_auth noreplication; alter role averment_ingest nocreatedb;"
                                    + " alter role averment_seal nologin");
                    if (grant.startsWith("create role")) {
                        statement.execute("drop owned by intruder; drop role intruder");
                    }
                    admin.commit();
                }
            }
        }
    }

    private static InstanceDatabase instance(TestDatabase database) {
        return new InstanceDatabase(database.access(), database.seal(), Optional.empty());
    }

    private static Facts ofInstance(String type, TestDatabase database) throws Exception {
        var instance = instance(database);
        Target target = new Target() {
            @Override
            public String name() {
                return "the test database";
            }

            @Override
            public <T extends Facility> Optional<T> facility(Class<T> kind) {
                return kind.isInstance(instance) ? Optional.of(kind.cast(instance)) : Optional.empty();
            }
        };
        CheckType check = ((CheckTypes.Built) CheckTypes.installed().find(type)).type();
        var page = new Page(
                "test",
                Map.of("en", "Test"),
                "en",
                LocalDate.of(2026, 11, 22),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                new byte[0]);
        return check.collector().collect(new Collector.Look(target, page, Map.of(), InstantSource.system()));
    }

    @Test
    void lines_stand_in_order_and_once() {
        assertThat(ReviewedAllowances.lines())
                .extracting(line -> line.kind().word() + " " + line.name())
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.naturalOrder());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"global-table\tseal.key", "global-table\tseal.key\t ", "global-tables\tseal.key\twhy", "seal.key"
            })
    void a_line_without_kind_or_reason_is_refused_with_its_number(String line) {
        assertThatThrownBy(() -> ReviewedAllowances.parse("# head\n" + line + "\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 2");
    }
}
