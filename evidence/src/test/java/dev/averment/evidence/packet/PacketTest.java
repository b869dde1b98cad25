package dev.averment.evidence.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.dsse.StatementKey;
import dev.averment.evidence.merkle.InMemoryLog;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.packet.PacketReport.Age;
import dev.averment.evidence.packet.PacketReport.Overall;
import dev.averment.evidence.packet.PacketReport.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class PacketTest {

    private final PacketFixture fixture = new PacketFixture();
    private final byte[] packet = fixture.packet();
    private final Trust trust = Trust.inLogKey(fixture.logSigner.vkey());

    @Test
    void a_packet_holds_under_the_log_key_alone() {
        PacketReport report = PacketVerifier.verify(packet, trust, PacketFixture.NOW);
        assertThat(report.integrity().status()).isEqualTo(Status.HOLDS);
        assertThat(report.signature().status()).as(report.signature().reason()).isEqualTo(Status.HOLDS);
        assertThat(report.inclusion().status()).as(report.inclusion().reason()).isEqualTo(Status.HOLDS);
        assertThat(report.consistency().status()).isEqualTo(Status.HOLDS);
        assertThat(report.anchoring().status()).as(report.anchoring().reason()).isEqualTo(Status.HOLDS);
        assertThat(report.overall()).isEqualTo(Overall.HOLDS);
        assertThat(report.page().orElseThrow().claims()).isEqualTo(PacketFixture.claims());
        assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(300);
        assertThat(report.freshness())
                .extracting(PacketReport.Freshness::age)
                .containsExactly(Age.FRESH, Age.FRESH, Age.NEVER);
    }

    @Test
    void without_a_key_from_outside_only_integrity_is_said() {
        PacketReport report = PacketVerifier.verify(packet, Trust.inNothing(), PacketFixture.NOW);
        assertThat(report.overall()).isEqualTo(Overall.INTEGRITY_ONLY);
        assertThat(report.signature().reason()).contains("anyone could have put there");
    }

    @Test
    void the_statement_key_alone_is_enough_too_and_another_is_refused() throws Exception {
        Trust byStatement = new Trust(
                Optional.empty(), Optional.of(StatementKey.of(fixture.statementKeys.getPublic())), Optional.empty());
        assertThat(PacketVerifier.verify(packet, byStatement, PacketFixture.NOW).overall())
                .isEqualTo(Overall.HOLDS);
        Trust byStranger = new Trust(
                Optional.empty(),
                Optional.of(PacketKeys.under(fixture.logSigner).statement().publicKey()),
                Optional.empty());
        assertThat(PacketVerifier.verify(packet, byStranger, PacketFixture.NOW).overall())
                .isEqualTo(Overall.DOES_NOT_HOLD);
    }

    @Test
    void another_log_key_refuses_the_packet_and_says_which_it_is_for() {
        Trust stranger =
                Trust.inLogKey(NoteSigner.generate(PacketFixture.ORIGIN).vkey());
        PacketReport report = PacketVerifier.verify(packet, stranger, PacketFixture.NOW);
        assertThat(report.overall()).isEqualTo(Overall.DOES_NOT_HOLD);
        assertThat(report.signature().reason()).contains("not for the key you gave");
    }

    @Test
    void a_packet_opened_later_says_which_verdicts_have_lapsed_and_since_when() {
        PacketReport report = PacketVerifier.verify(packet, trust, PacketFixture.NOW.plus(Duration.ofDays(31)));
        assertThat(report.overall()).isEqualTo(Overall.DOES_NOT_HOLD);
        assertThat(report.integrity().status()).isEqualTo(Status.HOLDS);
        assertThat(report.inclusion().status()).isEqualTo(Status.HOLDS);
        assertThat(report.freshness().getFirst().age()).isEqualTo(Age.STALE);
        assertThat(report.freshness().getFirst().lapsed()).isTrue();
        assertThat(report.freshness().getFirst().since()).contains(PacketFixture.NOW.plus(Duration.ofHours(26)));
        assertThat(report.freshness().get(1).age()).isEqualTo(Age.FRESH);
    }

    @Test
    void a_verdict_lapses_at_the_very_moment_it_expires() {
        var expiry = PacketFixture.NOW.plus(Duration.ofHours(26));
        assertThat(PacketVerifier.verify(packet, trust, expiry.minusNanos(1)).overall())
                .isEqualTo(Overall.HOLDS);
        assertThat(PacketVerifier.verify(packet, trust, expiry).overall()).isEqualTo(Overall.DOES_NOT_HOLD);
    }

    @Test
    void evidence_from_the_future_is_not_fresh() {
        PacketReport report = PacketVerifier.verify(packet, trust, PacketFixture.NOW.minus(Duration.ofHours(1)));
        assertThat(report.freshness().getFirst().age()).isEqualTo(Age.FUTURE);
        assertThat(report.overall()).isEqualTo(Overall.DOES_NOT_HOLD);
    }

    @Test
    void a_checkpoint_kept_from_earlier_proves_that_history_was_not_rewritten() throws Exception {
        for (int size : new int[] {0, 1, 200, 300}) {
            Checkpoint kept = new Checkpoint(PacketFixture.ORIGIN, size, new Prover(fixture.log, size).root());
            PacketReport report = PacketVerifier.verify(packet, trust.andSeen(kept), PacketFixture.NOW);
            assertThat(report.overall()).as(report.consistency().reason()).isEqualTo(Overall.HOLDS);
        }
    }

    /** Neither a yes nor a no: a packet that holds otherwise must not be taken for a rewritten history. */
    @Test
    void a_kept_checkpoint_that_the_packet_has_no_proof_from_leaves_it_untold() throws Exception {
        Checkpoint kept = new Checkpoint(PacketFixture.ORIGIN, 150, new Prover(fixture.log, 150).root());
        PacketReport report = PacketVerifier.verify(packet, trust.andSeen(kept), PacketFixture.NOW);
        assertThat(report.overall()).isEqualTo(Overall.COULD_NOT_TELL);
        assertThat(report.consistency().status()).isEqualTo(Status.ABSENT);
        assertThat(report.consistency().reason()).contains("packet.zip?seen=150");
        assertThat(PacketVerifier.verify(packet, trust.andSeen(kept), PacketFixture.NOW.plus(Duration.ofDays(400)))
                        .overall())
                .as("a lapsed verdict is a no all the same")
                .isEqualTo(Overall.DOES_NOT_HOLD);
    }

    @Test
    void a_kept_checkpoint_that_the_packet_cannot_be_linked_to_does_not_hold() throws Exception {
        record Case(int size, boolean sameRoot, String reason) {}
        for (Case c : List.of(
                new Case(200, false, "history was rewritten"),
                new Case(300, false, "history was rewritten"),
                new Case(400, false, "rolled back"))) {
            Checkpoint kept = new Checkpoint(
                    PacketFixture.ORIGIN,
                    c.size,
                    c.sameRoot ? new Prover(fixture.log, c.size).root() : InMemoryLog.leaf(1));
            PacketReport report = PacketVerifier.verify(packet, trust.andSeen(kept), PacketFixture.NOW);
            assertThat(report.overall()).isEqualTo(Overall.DOES_NOT_HOLD);
            assertThat(report.consistency().reason()).contains(c.reason);
        }
        Checkpoint other = new Checkpoint("log.example/w/other", 1, new Prover(fixture.log, 1).root());
        assertThat(PacketVerifier.verify(packet, trust.andSeen(other), PacketFixture.NOW)
                        .consistency()
                        .reason())
                .contains("is of log log.example/w/other");
    }

    @Test
    void a_packet_without_earlier_checkpoints_or_anchor_says_so() throws Exception {
        PacketContents full = fixture.contents();
        byte[] plain = PacketWriter.write(
                new PacketContents(
                        full.pageId(),
                        full.title(),
                        full.organisation(),
                        full.source(),
                        full.created(),
                        full.claims(),
                        full.details(),
                        full.checkpoint(),
                        full.inForce(),
                        full.entries(),
                        List.of(),
                        Optional.empty()),
                fixture.keys());
        PacketReport report = PacketVerifier.verify(plain, trust, PacketFixture.NOW);
        assertThat(report.overall()).isEqualTo(Overall.HOLDS);
        assertThat(report.consistency().status()).isEqualTo(Status.ABSENT);
        assertThat(report.anchoring().status()).isEqualTo(Status.ABSENT);
    }

    @Test
    void a_packet_anchored_by_an_earlier_checkpoint_says_how_much_came_after_it() throws Exception {
        byte[] written = PacketWriter.write(fixture.anchoredEarlier(), fixture.keys());
        PacketReport report = PacketVerifier.verify(written, trust, PacketFixture.NOW);
        assertThat(report.overall()).isEqualTo(Overall.HOLDS);
        assertThat(report.anchoring().status()).isEqualTo(Status.HOLDS);
        assertThat(report.anchoring().reason())
                .isEqualTo(
                        "the log at size 200 is entry 13 of anchor log log.example/anchor; of the packet's 300 entries,"
                                + " the last 100 came after it");
        assertThat(PacketVerifier.verify(packet, trust, PacketFixture.NOW)
                        .anchoring()
                        .reason())
                .isEqualTo("the log at size 300 is entry 13 of anchor log log.example/anchor");
    }

    @Test
    void an_anchored_checkpoint_without_its_link_is_no_anchor() throws Exception {
        var forger = new BadPacketTest.Forger();
        forger.anchor(fixture.anchor(fixture.checkpoint(200)));
        forger.put("evidence/earlier/200.proof", "");
        forger.resign();
        PacketReport report = PacketVerifier.verify(new Packet(forger.files), trust, PacketFixture.NOW);
        assertThat(report.consistency().status()).isEqualTo(Status.FAILS);
        assertThat(report.anchoring().status()).isEqualTo(Status.ABSENT);
        assertThat(report.overall()).isEqualTo(Overall.DOES_NOT_HOLD);
    }

    @Test
    void an_Ed25519_statement_key_serves_as_well() throws Exception {
        PacketKeys keys = new PacketKeys(
                fixture.logSigner,
                new dev.averment.evidence.dsse.StatementSigner(dev.averment.evidence.note.Ed25519.generate()),
                fixture.sshKeys);
        byte[] written = PacketWriter.write(fixture.contents(), keys);
        assertThat(PacketVerifier.verify(written, trust, PacketFixture.NOW).overall())
                .isEqualTo(Overall.HOLDS);
    }

    @Test
    void stock_ZIP_readers_see_the_same_files_in_name_order() throws IOException, PacketException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packet))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(zip.readAllBytes())
                        .isEqualTo(Packet.read(packet).files().get(entry.getName()));
            }
        }
        assertThat(names)
                .isSorted()
                .containsExactlyElementsOf(Packet.read(packet).files().keySet());
    }

    @Test
    void the_same_files_always_make_the_same_bytes() throws PacketException {
        assertThat(new Packet(Packet.read(packet).files()).toBytes()).isEqualTo(packet);
    }

    @Test
    void a_packet_over_a_log_of_a_million_entries_is_verified_by_its_proofs_not_by_replay() throws Exception {
        fixture.log.append(InMemoryLog.leaves(300, 999_700));
        byte[] large = PacketWriter.write(fixture.contents(1_000_000), fixture.keys());
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        PacketReport report = PacketVerifier.verify(large, trust, PacketFixture.NOW);
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
        assertThat(report.overall()).as(report.inclusion().reason()).isEqualTo(Overall.HOLDS);
        assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(1_000_000);
        assertThat(seconds).isLessThan(1);
    }
}
