package dev.averment.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.leaf.Disclosure;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.tenancy.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Personal values beside the log. */
class DisclosuresTest {
    private static final String PATH = "/context/address";
    private static final String VALUE = "2001:db8:0:0:0:0:0:7";

    private static TestDatabase database;
    private static WorkspaceContext here;
    private static WorkspaceContext elsewhere;
    private final Disclosures disclosures = new Disclosures("a7".repeat(32));

    @BeforeAll
    static void open() throws Exception {
        database = TestDatabase.open();
        here = database.actors().owner().context();
        elsewhere = database.actors().outsider().context();
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private Disclosure keep(WorkspaceContext context, UUID leaf, UUID subject, String value) {
        return database.workspaces().in(context, jdbc -> disclosures.keep(jdbc, context, leaf, subject, PATH, value));
    }

    private Optional<String> read(WorkspaceContext context, UUID leaf) {
        return database.workspaces().in(context, jdbc -> disclosures.read(jdbc, context, leaf, PATH));
    }

    @Test
    @Asvs("11.3.3")
    void a_value_is_read_back_where_it_was_kept_and_lies_there_encrypted() throws Exception {
        UUID leaf = UUID.randomUUID();
        Disclosure disclosure = keep(here, leaf, UUID.randomUUID(), VALUE);
        assertThat(read(here, leaf)).contains(VALUE);
        assertThat(disclosure.path()).isEqualTo(PATH);
        byte[] stored = (byte[]) database.rows("select ciphertext from evidence.disclosure where leaf_id = ?", leaf)
                .getFirst()
                .get("ciphertext");
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("2001:db8");
    }

    @Test
    @Asvs("11.3.4")
    void the_same_value_is_never_encrypted_nor_committed_to_alike() throws Exception {
        UUID subject = UUID.randomUUID();
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        assertThat(keep(here, one, subject, VALUE).digest())
                .isNotEqualTo(keep(here, two, subject, VALUE).digest());
        var rows = database.rows("select ciphertext from evidence.disclosure where leaf_id in (?, ?)", one, two);
        assertThat((byte[]) rows.get(0).get("ciphertext"))
                .isNotEqualTo((byte[]) rows.get(1).get("ciphertext"));
    }

    @Test
    void what_was_erased_is_gone_and_others_values_are_not() {
        UUID erased = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        UUID three = UUID.randomUUID();
        keep(here, one, erased, VALUE);
        keep(here, two, other, VALUE);
        keep(elsewhere, three, erased, VALUE);
        database.workspaces().in(here, jdbc -> {
            disclosures.erase(jdbc, here, erased);
            return true;
        });
        assertThat(read(here, one)).isEmpty();
        assertThat(read(here, two)).contains(VALUE);
        assertThat(read(elsewhere, three)).contains(VALUE);
        UUID later = UUID.randomUUID();
        keep(here, later, erased, "192.0.2.1");
        assertThat(read(here, later)).contains("192.0.2.1");
        assertThat(read(here, one)).isEmpty();
    }

    /** Rows that a backup brings back without their person's key say nothing. */
    @Test
    void without_the_persons_key_the_row_says_nothing() throws Exception {
        UUID leaf = UUID.randomUUID();
        UUID subject = UUID.randomUUID();
        keep(here, leaf, subject, VALUE);
        database.asSuperuser("delete from evidence.subject_key where subject_id = '" + subject + "'");
        assertThat(read(here, leaf)).isEmpty();
    }

    @Test
    @Asvs("8.4.1")
    void another_workspace_reads_nothing() {
        UUID leaf = UUID.randomUUID();
        keep(here, leaf, UUID.randomUUID(), VALUE);
        assertThat(read(elsewhere, leaf)).isEmpty();
        // Nor by asking with a foreign context inside of its own transaction.
        Optional<String> foreign =
                database.workspaces().in(elsewhere, jdbc -> disclosures.read(jdbc, here, leaf, PATH));
        assertThat(foreign).isEmpty();
    }

    /** Whoever can write to the table can't make one person's value appear as another's, or at another place. */
    @Test
    @Asvs({"11.3.3", "11.2.5"})
    void a_value_that_was_moved_is_refused() throws Exception {
        for (String move : List.of(
                "update evidence.disclosure set leaf_id = '%2$s' where leaf_id = '%1$s'",
                "update evidence.disclosure set subject_id = '%3$s', leaf_id = '%2$s' where leaf_id = '%1$s'",
                "update evidence.disclosure set workspace_id = '%4$s', leaf_id = '%2$s' where leaf_id = '%1$s'",
                "update evidence.disclosure set leaf_id = '%2$s', ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)"
                        + " where leaf_id = '%1$s'")) {
            UUID leaf = UUID.randomUUID();
            UUID moved = UUID.randomUUID();
            UUID subject = UUID.randomUUID();
            keep(here, leaf, subject, VALUE);
            keep(elsewhere, UUID.randomUUID(), subject, VALUE);
            UUID other = UUID.randomUUID();
            keep(here, UUID.randomUUID(), other, VALUE);
            database.asSuperuser(move.formatted(leaf, moved, other, elsewhere.workspace()));
            WorkspaceContext where = move.contains("%4$s") ? elsewhere : here;
            assertThatThrownBy(() -> read(where, moved))
                    .as(move)
                    .isInstanceOf(IllegalStateException.class)
                    .satisfies(e -> assertThat(e.toString()).doesNotContain(VALUE));
        }
    }

    @Test
    @Asvs("11.2.5")
    void a_key_that_was_put_in_anothers_place_opens_nothing() throws Exception {
        UUID leaf = UUID.randomUUID();
        UUID subject = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        keep(here, leaf, subject, VALUE);
        keep(here, UUID.randomUUID(), other, VALUE);
        database.asSuperuser(("update evidence.subject_key k set wrapped = o.wrapped from evidence.subject_key o"
                        + " where k.subject_id = '%s' and o.subject_id = '%s'")
                .formatted(subject, other));
        assertThatThrownBy(() -> read(here, leaf)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Asvs("13.3.1")
    void another_servers_key_opens_nothing() {
        UUID leaf = UUID.randomUUID();
        keep(here, leaf, UUID.randomUUID(), VALUE);
        var foreign = new Disclosures(HexFormat.of().formatHex(new byte[32]));
        assertThatThrownBy(() -> database.workspaces().in(here, jdbc -> foreign.read(jdbc, here, leaf, PATH)))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Two first entries about one person: both values must be readable, so both must be under one key. */
    @Test
    @Asvs("15.4.2")
    void two_first_values_of_a_person_at_once_share_a_key() throws Exception {
        UUID subject = UUID.randomUUID();
        var barrier = new CyclicBarrier(6);
        List<UUID> leaves = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Disclosure>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                UUID leaf = UUID.randomUUID();
                leaves.add(leaf);
                all.add(threads.submit(() -> {
                    barrier.await();
                    return keep(here, leaf, subject, VALUE);
                }));
            }
            for (Future<Disclosure> each : all) {
                each.get();
            }
        }
        for (UUID leaf : leaves) {
            assertThat(read(here, leaf)).contains(VALUE);
        }
    }
}
