package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.WorkspaceStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever owns the tables can switch the trigger off that records changes; what he then does still shows. */
class RecordedRowsTest {
    private static final UUID ADA = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID BOB = UUID.fromString("22222222-2222-4222-8222-222222222222");

    private static TestDatabase database;

    @BeforeAll
    static void a_workspace_of_the_operator_with_members() throws Exception {
        database = TestDatabase.open();
        var context = new WorkspaceContext(WellKnown.OPERATOR, "system:setup");
        database.workspaces().in(context, jdbc -> {
            database.leaves().open(jdbc, context, "averment/test/w/" + WellKnown.OPERATOR);
            new WorkspaceStore().insert(jdbc, WellKnown.OPERATOR, "Operator", "operator");
            for (UUID account : List.of(ADA, BOB)) {
                jdbc.sql("insert into tenancy.member (workspace_id, account_id, role) values (?, ?, 'viewer')")
                        .params(WellKnown.OPERATOR, account)
                        .update();
            }
            return jdbc.sql("update tenancy.member set role = 'admin' where account_id = ?")
                    .param(BOB)
                    .update();
        });
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static List<String> differing() throws Exception {
        return RecordedRows.differing(new InstanceDatabase(database.access(), database.seal(), Optional.empty()));
    }

    private static void unrecorded(String statement) throws Exception {
        database.asSuperuser(
                "alter table tenancy.member disable trigger record_change",
                statement,
                "alter table tenancy.member enable always trigger record_change");
    }

    @Test
    void rows_that_were_only_ever_changed_with_a_record_do_not_differ() throws Exception {
        assertThat(differing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    update tenancy.member set role = 'owner' where account_id = '22222222-2222-4222-8222-222222222222' | update tenancy.member set role = 'admin' where account_id = '22222222-2222-4222-8222-222222222222' | is not as entry
                    insert into tenancy.member (workspace_id, account_id, role) select workspace_id, '33333333-3333-4333-8333-333333333333', 'owner' from tenancy.member limit 1 | delete from tenancy.member where account_id = '33333333-3333-4333-8333-333333333333' | was never recorded
                    create table public.kept as select * from tenancy.member; delete from tenancy.member where role = 'viewer' | insert into tenancy.member select * from public.kept where role = 'viewer'; drop table public.kept | is gone
                    update evidence.leaf set action = 'row.archived' where action = 'row.updated' | update evidence.leaf set action = 'row.updated' where action = 'row.archived' | is kept as row.archived
                    update evidence.leaf set recorded_at = recorded_at - interval '1 year' | update evidence.leaf set recorded_at = recorded_at + interval '1 year' | its bytes say something else
                    """)
    void what_was_changed_without_a_record_differs_until_it_is_as_it_was(String plant, String remove, String says)
            throws Exception {
        unrecorded(plant);
        try {
            assertThat(differing())
                    .anySatisfy(difference -> assertThat(difference).contains(says));
        } finally {
            unrecorded(remove);
        }
        assertThat(differing()).isEmpty();
    }

    /** Ids of one millisecond are in no order. */
    @Test
    void a_row_that_changes_again_and_again_in_one_transaction_does_not_differ() throws Exception {
        var context = new WorkspaceContext(WellKnown.OPERATOR, "system:setup");
        database.workspaces().in(context, jdbc -> {
            for (int i = 0; i < 50; i++) {
                jdbc.sql("update tenancy.member set role = ? where account_id = ?")
                        .params(i % 2 == 0 ? "member" : "viewer", ADA)
                        .update();
            }
            return true;
        });
        assertThat(differing()).isEmpty();
    }

    @Test
    void a_column_that_a_later_migration_adds_makes_no_row_differ() throws Exception {
        database.asSuperuser("alter table tenancy.member add column nickname text");
        try {
            assertThat(differing()).isEmpty();
        } finally {
            database.asSuperuser("alter table tenancy.member drop column nickname");
        }
    }
}
