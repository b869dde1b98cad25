package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.proving.ReviewedAllowances.Kind;
import dev.averment.server.proving.ReviewedAllowances.Line;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A line that outlives what it allowed would allow the next thing of that name unseen. That nothing is missing is what the
 * checks themselves see.
 */
class ReviewedAllowancesTest {
    private static final String TABLES = """
            select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p')""";
    private static final String FUNCTIONS = """
            select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace""";

    private static final Map<Kind, String> WITHIN = Map.of(
            Kind.APPEND_ONLY_TABLE,
            TABLES + " and not has_table_privilege('averment_app', c.oid, 'UPDATE,DELETE,TRUNCATE')",
            Kind.AUDITED_SCHEMA,
            "select nspname as name from pg_namespace",
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
            FUNCTIONS + " where p.prosecdef",
            Kind.UNAUDITED_TABLE,
            TABLES + """
                 and not exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                                  where t.tgrelid = c.oid and p.proname = 'record_change')""");

    @Test
    void every_line_still_allows_something() throws Exception {
        try (var database = TestDatabase.open()) {
            for (Kind kind : Kind.values()) {
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
