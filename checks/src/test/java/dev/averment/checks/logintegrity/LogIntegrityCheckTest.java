package dev.averment.checks.logintegrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.SampleDatabase;
import dev.averment.checks.target.EvidenceLog;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.Verdict;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TileData;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.merkle.TreeUpdate;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogIntegrityCheckTest {
    private static final String ORIGIN = "log.example/w/1";
    private static final int SIZE = 700;

    private final LogIntegrityCheck type = new LogIntegrityCheck();
    private final NoteSigner signer = NoteSigner.generate(ORIGIN);
    private final List<byte[]> entries = new ArrayList<>();
    private final Map<String, byte[]> files = new HashMap<>();

    @BeforeEach
    void aLogOfThreeTiles() {
        List<Hash> hashes = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            entries.add(("{\"entry\":" + i + "}").getBytes(StandardCharsets.UTF_8));
            hashes.add(TreeHash.leaf(entries.getLast()));
        }
        TreeUpdate update = TreeEdge.empty().append(hashes);
        for (TileData tile : update.tiles()) {
            files.put("/log/" + tile.tile().path(), tile.bytes());
        }
        files.put("/log/checkpoint", new Checkpoint(ORIGIN, SIZE, update.root()).sign(signer));
    }

    @ParameterizedTest
    @CsvSource({
        "signed, false",
        "rootMatches, false",
        "refused, false",
        "alteredCount, 1",
        "missingCount, 1",
        "defectCount, 1",
        "differingCount, 1",
        "tooManyCount, 1",
        "placed, false",
        "oldestSeconds, 61"
    })
    void one_altered_fact_is_failing(String fact, String value) {
        Object altered = value.equals("false") ? Boolean.FALSE : Long.valueOf(value);

        assertThat(Altered.of(type, Map.of()).subjects(fact, altered).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_queue_that_is_switched_off_is_failing_and_a_look_at_no_log_behind_is_unproven() {
        assertThat(Altered.of(type, Map.of())
                        .subjects("disabled", List.of("the trigger is disabled"))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, Map.of()).subjects("looked", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"entries", "tiles", "attempt"})
    void a_part_that_was_not_looked_at_is_unproven(String kind) {
        Facts all = type.passingExample(Map.of(), Altered.NOW);
        List<Subject> fewer = all.subjects().stream()
                .filter(subject -> !kind.equals(subject.facts().get("kind")))
                .toList();

        assertThat(type.judge()
                        .judge(new Facts(Altered.NOW, fewer, all.values()), Map.of(), Altered.NOW)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_sound_log_over_a_closed_database_is_proven() throws Exception {
        Judgement judgement = judge(SampleDatabase.fresh());

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.PROVEN);
        assertThat(judgement.reason()).contains("At size 700", "700 stored entries", "6 attempts");
    }

    @Test
    void nothing_is_altered_by_looking_even_where_the_database_is_open() throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser("GRANT UPDATE, DELETE, TRUNCATE ON audit.leaf TO sample_app");
        String before = database.contents();

        assertThat(judge(database).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(database.contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE", "DELETE", "TRUNCATE"})
    void a_privilege_too_many_is_named(String privilege) throws Exception {
        SampleDatabase database = SampleDatabase.fresh();
        database.asSuperuser("GRANT " + privilege + " ON audit.leaf TO sample_app");

        Judgement judgement = judge(database);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).isEqualTo(privilege + " audit.leaf was not refused to the application's role.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255, 256, 699})
    void an_entry_altered_in_the_store_is_named(int sequence) throws Exception {
        entries.set(sequence, "{\"entry\":\"altered by a superuser\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(judge(SampleDatabase.fresh()).reason()).startsWith("Entry " + sequence + " was altered");
    }

    @Test
    void an_entry_missing_from_the_store_is_named() throws Exception {
        entries.set(600, null);

        assertThat(judge(SampleDatabase.fresh()).reason()).startsWith("Entry 600 is missing");
    }

    @Test
    void a_tile_altered_or_gone_is_failing() throws Exception {
        byte[] tile = files.get("/log/tile/0/001");
        tile[40] ^= 1;
        assertThat(judge(SampleDatabase.fresh()).reason()).startsWith("The tiles do not come to the signed root");

        files.remove("/log/tile/0/001");
        assertThat(judge(SampleDatabase.fresh()).reason()).contains("tile/0/001 answers 404");
    }

    @Test
    void a_checkpoint_under_another_key_or_altered_is_failing() throws Exception {
        byte[] good = files.get("/log/checkpoint");
        files.put("/log/checkpoint", Checkpoint.peek(good).sign(NoteSigner.generate(ORIGIN)));
        assertThat(judge(SampleDatabase.fresh()).verdict()).isEqualTo(Verdict.FAILING);

        files.put(
                "/log/checkpoint",
                new String(good, StandardCharsets.UTF_8)
                        .replace("\n700\n", "\n699\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(judge(SampleDatabase.fresh()).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_log_without_entries_or_database_is_unproven() throws Exception {
        try (TestSite site = site()) {
            EvidenceLog log =
                    new EvidenceLog(new UUID(0, 1), ORIGIN, signer.vkey().toString(), base(site));
            Facts facts = Altered.collect(type, TestSite.target(site.web(), log), Map.of());

            assertThat(type.judge().judge(facts, Map.of(), Altered.NOW).verdict())
                    .isEqualTo(Verdict.UNPROVEN);
        }
    }

    @Test
    void a_checkpoint_that_is_not_served_is_unproven() {
        files.clear();

        assertThatThrownBy(() -> judge(SampleDatabase.fresh()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("answers 404");
    }

    private Judgement judge(SampleDatabase database) throws CollectException {
        try (TestSite site = site()) {
            EvidenceLog log = new EvidenceLog(
                    new UUID(0, 1),
                    ORIGIN,
                    signer.vkey().toString(),
                    base(site),
                    Optional.of(sequence -> Optional.ofNullable(entries.get((int) sequence))));
            Facts facts = Altered.collect(type, TestSite.target(site.web(), log, database), Map.of());
            return type.judge().judge(facts, Map.of(), Altered.NOW);
        }
    }

    private TestSite site() {
        return TestSite.https(request -> files.containsKey(request.path())
                ? new Response(200, List.of("Content-Type: application/octet-stream"), files.get(request.path()))
                : Response.of(404, ""));
    }

    private static URI base(TestSite site) {
        return URI.create(site.base() + "/log");
    }
}
