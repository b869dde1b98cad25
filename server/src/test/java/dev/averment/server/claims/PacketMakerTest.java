package dev.averment.server.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.checks.prove.Observation;
import dev.averment.claims.Audience;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.packet.Packet;
import dev.averment.evidence.packet.PacketReport;
import dev.averment.evidence.packet.PacketReport.Overall;
import dev.averment.evidence.packet.PacketReport.Status;
import dev.averment.evidence.packet.PacketVerifier;
import dev.averment.evidence.packet.Trust;
import dev.averment.server.claims.PublishedPages.PacketAnswer;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Anchor;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.evidence.LogPast;
import dev.averment.server.evidence.LogReader;
import dev.averment.server.evidence.Publication;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.registers.RegisterStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packets over a real log: what they say of its past, judged by the verifier that a buyer has. */
class PacketMakerTest {
    private static final String FILE = """
            page: promises
            title: {en: "Promises"}
            authoritative: en
            asOf: 2026-11-20
            sections:
              - {id: all, title: {en: "All"}}
            claims:
              - id: tests
                section: all
                text: {en: "A penetration test by others is at most {age} old."}
                params: {age: 365d}
                owner: security
                checks:
                  - {id: tests, type: records, every: 6h, valid: 90d, with: {register: penetration-tests}, expect: {maxAge: $age, fields: [scope], status: [done, planned]}}
                selftests:
                  - {check: tests, set: {subjects: []}, verdict: unproven}
                  - {check: tests, set: {subject.expires: "2020-01-01"}, verdict: failing}
            """;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
    private TestDatabase database;
    private Publication publication;
    private LogReader reader;
    private UUID anchorLog;
    private UUID workspace;
    /** Where the first checkpoint comes to stand in the anchor log, behind the entries about its own opening. */
    private long opened;

    private Pages pages;
    private Anchor anchor;
    private Integrator integrator;
    private PacketMaker packets;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open();
        publication = new Publication(database.data(), database.logKey());
        reader = new LogReader(database.workspaces(), publication);
        anchorLog = database.workspace("Anchor", "anchor");
        workspace = database.workspace("A", "customer");
        start();
        drain();
        opened = size(anchorLog);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    /** Everything that a process holds in memory, anew. */
    private void start() throws Exception {
        anchor = new Anchor(database.pools().of(Role.LOG), clock, anchorLog);
        integrator = new Integrator(
                database.pools().of(Role.LOG), database.logKey(), publication, clock, 5000, anchor::offer);
        packets = new PacketMaker(reader, database.logKey(), new LogPast(reader, database.logKey(), anchor), clock);
        pages = new Pages(database.workspaces(), database.leaves(), clock, CheckTypes.installed());
        byte[] file = FILE.getBytes(StandardCharsets.UTF_8);
        pages.putInForce(
                workspace,
                ((LoadResult.Loaded) PageLoader.installed().load("promises.yaml", file, clock.instant())).page());
    }

    private void drain() throws Exception {
        while (integrator.integrate() > 0) {
            // Until the queue is empty.
        }
    }

    /** An observation that is published. */
    private void observe() throws Exception {
        pages.observed(
                "promises",
                new Observation(
                        "tests",
                        "tests",
                        "records",
                        new Facts(
                                clock.instant(),
                                List.of(new Subject("the record", Map.of("title", "A test"))),
                                Map.of()),
                        Judgement.proven("good"),
                        clock.instant().plusMillis(5)));
        drain();
    }

    private void anchor() throws Exception {
        anchor.anchor();
        drain();
    }

    private Optional<byte[]> made() {
        return packets.packet(pages.state("promises").orElseThrow(), Audience.PUBLIC);
    }

    private String origin() {
        return "averment/test/w/" + workspace;
    }

    private PacketReport verified() throws Exception {
        return PacketVerifier.verify(
                made().orElseThrow(), Trust.inLogKey(database.logKey().vkey(origin())), clock.instant());
    }

    private long size() throws Exception {
        return size(workspace);
    }

    private long size(UUID log) throws Exception {
        return Checkpoint.peek(reader.checkpoint(log).orElseThrow()).size();
    }

    private List<Long> earlier() throws Exception {
        return Packet.read(made().orElseThrow()).files().keySet().stream()
                .filter(name -> name.matches("evidence/earlier/.*\\.checkpoint"))
                .map(name -> Long.parseLong(name.replaceAll("\\D", "")))
                .sorted()
                .toList();
    }

    @Test
    void before_the_first_anchoring_a_packet_has_no_anchor_and_says_so() throws Exception {
        observe();
        PacketReport report = verified();
        assertThat(report.anchoring().status()).isEqualTo(Status.ABSENT);
        assertThat(report.overall()).as(report.toString()).isEqualTo(Overall.HOLDS);
    }

    @Test
    void a_packet_proves_the_newest_anchored_checkpoint_and_its_link_to_the_packets_own() throws Exception {
        observe();
        long anchored = size();
        assertThat(anchor.anchor()).isEqualTo(1);
        drain();
        assertThat(verified().anchoring().reason())
                .as("the packet's own checkpoint")
                .startsWith("the log at size " + anchored + " is entry " + opened + " of anchor log averment/test/w/"
                        + anchorLog)
                .doesNotContain("came after it");
        clock.step(Duration.ofSeconds(1));
        observe();
        PacketReport report = verified();
        assertThat(report.anchoring().status()).isEqualTo(Status.HOLDS);
        assertThat(report.anchoring().reason())
                .startsWith("the log at size " + anchored + " is entry " + opened)
                .endsWith("the last " + (size() - anchored) + " came after it");
        assertThat(report.consistency().status()).isEqualTo(Status.HOLDS);
        assertThat(report.overall()).isEqualTo(Overall.HOLDS);
    }

    @Test
    void an_anchored_checkpoint_counts_when_the_anchor_logs_own_checkpoint_covers_it() throws Exception {
        observe();
        long first = size();
        anchor();
        clock.step(Duration.ofSeconds(1));
        observe();
        assertThat(anchor.anchor()).as("sequenced, not integrated").isEqualTo(1);
        assertThat(verified().anchoring().reason()).startsWith("the log at size " + first + " is entry " + opened);
        drain();
        assertThat(verified().anchoring().reason())
                .startsWith("the log at size " + size() + " is entry " + (opened + 1));
    }

    @Test
    void a_restart_loses_no_anchor() throws Exception {
        observe();
        long anchored = size();
        anchor();
        clock.step(Duration.ofSeconds(1));
        observe();
        start();
        drain();
        PacketReport report = verified();
        assertThat(report.anchoring().status()).isEqualTo(Status.HOLDS);
        assertThat(report.anchoring().reason()).startsWith("the log at size " + anchored + " is entry " + opened);
    }

    @Test
    void another_logs_anchored_checkpoint_is_never_taken_for_this_ones() throws Exception {
        observe();
        anchor();
        UUID other = database.workspace("B", "customer");
        drain();
        anchor();
        assertThat(anchor.newest("averment/test/w/" + other, 100, 100)).isPresent();
        assertThat(verified().anchoring().reason()).contains("is entry " + opened + " of");
        assertThat(anchor.newest("averment/test/w/" + UUID.randomUUID(), 100, 100))
                .isEmpty();
    }

    @Test
    void a_packet_has_the_first_checkpoint_and_those_of_an_hour_a_day_a_week_and_a_month_ago() throws Exception {
        long first = size();
        clock.step(Duration.ofHours(1));
        observe();
        long month = size();
        clock.step(Duration.ofDays(25));
        observe();
        long week = size();
        clock.step(Duration.ofDays(6));
        observe();
        long day = size();
        clock.step(Duration.ofHours(23));
        observe();
        clock.step(Duration.ofMinutes(30));
        observe();
        long hour = size();
        clock.step(Duration.ofMinutes(59));
        observe();
        clock.step(Duration.ofMinutes(1));
        observe();
        assertThat(earlier()).containsExactly(first, month, week, day, hour);
        assertThat(verified().consistency().reason()).contains("the log grew from " + first + ", " + month);
        assertThat(verified().overall()).isEqualTo(Overall.HOLDS);
    }

    @Test
    void a_checkpoint_that_was_kept_from_the_first_packet_shows_that_history_was_not_rewritten() throws Exception {
        Checkpoint kept = Checkpoint.peek(reader.checkpoint(workspace).orElseThrow());
        clock.step(Duration.ofDays(2));
        observe();
        Trust trust = Trust.inLogKey(database.logKey().vkey(origin())).andSeen(kept);
        PacketReport report = PacketVerifier.verify(made().orElseThrow(), trust, clock.instant());
        assertThat(report.consistency().reason()).contains("grew from the checkpoint you kept, of size " + kept.size());
        assertThat(report.overall()).isEqualTo(Overall.HOLDS);
    }

    @Test
    void a_packet_proves_its_growth_from_any_signed_checkpoint_that_is_asked_for() throws Exception {
        observe();
        Checkpoint kept = Checkpoint.peek(reader.checkpoint(workspace).orElseThrow());
        clock.step(Duration.ofMinutes(10));
        observe();
        Trust trust = Trust.inLogKey(database.logKey().vkey(origin())).andSeen(kept);
        assertThat(PacketVerifier.verify(made().orElseThrow(), trust, clock.instant())
                        .overall())
                .isEqualTo(Overall.COULD_NOT_TELL);
        PageState state = pages.state("promises").orElseThrow();
        byte[] zip = packets.make(state, Audience.PUBLIC, OptionalLong.of(kept.size()))
                .zip()
                .orElseThrow();
        PacketReport report = PacketVerifier.verify(zip, trust, clock.instant());
        assertThat(report.consistency().reason()).contains("grew from the checkpoint you kept, of size " + kept.size());
        assertThat(report.overall()).isEqualTo(Overall.HOLDS);
        assertThat(packets.make(state, Audience.PUBLIC, OptionalLong.of(size())).zip())
                .as("the packet's own checkpoint")
                .isPresent();
        assertThat(packets.make(state, Audience.PUBLIC, OptionalLong.of(kept.size() + 1)))
                .as("between two checkpoints")
                .isInstanceOf(PacketAnswer.Unknown.class);
        assertThat(packets.make(state, Audience.PUBLIC, OptionalLong.of(size() + 100)))
                .isInstanceOf(PacketAnswer.Unknown.class);
    }

    /** PostgreSQL rounds to microseconds, a leaf cuts off: 18.408905_500 is …906 in the one and …905 in the other. */
    @Test
    void after_a_restart_a_packet_holds_though_the_look_was_made_between_two_microseconds() throws Exception {
        clock.step(Duration.ofNanos(408_905_500));
        observe();
        assertThat(verified().overall()).isEqualTo(Overall.HOLDS);
        start();
        drain();
        PacketReport report = verified();
        assertThat(report.overall()).as(report.toString()).isEqualTo(Overall.HOLDS);
        assertThat(pages.state("promises")
                        .orElseThrow()
                        .claims()
                        .getFirst()
                        .verdict()
                        .word())
                .isEqualTo("proven");
    }

    @Test
    void a_row_that_the_database_rounded_up_in_an_older_version_is_no_damage_and_its_packet_holds() throws Exception {
        clock.step(Duration.ofNanos(408_905_000));
        observe();
        database.asSuperuser(
                "alter table claims.observation disable trigger record_change",
                "update claims.observation set observed_at = observed_at + interval '1 microsecond',"
                        + " received_at = received_at + interval '1 microsecond'",
                "alter table claims.observation enable always trigger record_change");
        start();
        drain();
        PacketReport report = verified();
        assertThat(report.overall()).as(report.toString()).isEqualTo(Overall.HOLDS);
        assertThat(pages.state("promises")
                        .orElseThrow()
                        .claims()
                        .getFirst()
                        .verdict()
                        .word())
                .isEqualTo("proven");
    }

    /** A database that was restored to an earlier state: no packet and no proof, and the reason for it. */
    @Test
    void over_a_log_that_was_set_back_there_is_no_packet_and_no_proof_and_the_page_is_read_on() throws Exception {
        observe();
        database.asSuperuser("delete from evidence.tile where workspace_id = '" + workspace + "'");
        PageState state = pages.state("promises").orElseThrow();
        assertThat(packets.make(state, Audience.PUBLIC, OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        PacketAnswer.Unavailable.class,
                        answer -> assertThat(answer.reason()).contains("is missing", "The operator has to restore it"));
        var open = new LivePages(pages, reader, new RegisterStore(database.workspaces()), packets, clock, "promises");
        assertThat(open.observation("promises", "tests", "tests"))
                .hasValueSatisfying(seen -> assertThat(seen.proof()).isNull());
    }

    @Test
    void no_packet_is_made_over_an_earlier_checkpoint_that_contradicts() throws Exception {
        long first = size();
        observe();
        assertThat(made()).isPresent();
        byte[] contradiction = new Checkpoint(origin(), first, Hash.sha256(new byte[] {1}))
                .sign(database.logKey().signer(origin()));
        database.asSuperuser("update evidence.checkpoint set note = '"
                + new String(contradiction, StandardCharsets.UTF_8) + "' where workspace_id = '" + workspace
                + "' and size = " + first);
        assertThat(made()).isEmpty();
    }

    @Test
    void no_packet_is_made_over_an_anchored_checkpoint_that_contradicts() throws Exception {
        long first = size();
        anchor.offer(
                workspace,
                Checkpoint.peek(reader.checkpoint(workspace).orElseThrow()),
                new Checkpoint(origin(), first, Hash.sha256(new byte[] {1}))
                        .sign(database.logKey().signer(origin())));
        anchor();
        observe();
        assertThat(made()).isEmpty();
    }
}
