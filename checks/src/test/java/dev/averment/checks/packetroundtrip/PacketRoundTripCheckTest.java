package dev.averment.checks.packetroundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.target.EvidenceLog;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.Audience;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TileData;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.merkle.TreeUpdate;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.packet.Claim;
import dev.averment.evidence.packet.PacketContents;
import dev.averment.evidence.packet.PacketKeys;
import dev.averment.evidence.packet.PacketWriter;
import dev.averment.evidence.packet.Promises;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PacketRoundTripCheckTest {
    private static final String ORIGIN = "log.example/w/1";

    private static final String SOURCE = "page: self";
    private static final Page PAGE = Altered.page(
            List.of(new dev.averment.claims.Claim(
                    "transport",
                    null,
                    "all",
                    Map.of("en", "Sentence."),
                    Map.of(),
                    "platform",
                    Audience.PUBLIC,
                    List.of(),
                    List.of(Altered.binding("tls-versions")),
                    List.of(),
                    null)),
            List.of());

    private byte[] checkpoint = new byte[0];
    private final PacketRoundTripCheck type = new PacketRoundTripCheck();
    private final NoteSigner signer = NoteSigner.generate(ORIGIN);

    @Test
    void altered_facts_change_the_verdict() {
        Altered altered = Altered.of(type, Map.of());

        assertThat(altered.subject("packet", "holds", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject("flipped bytes", "accepted", List.of("page.json"))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject("truncated copies", "accepted", List.of("cut to 0 bytes"))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject("flipped bytes", "tried", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subjects("kind", "other").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_good_packet_holds_and_every_damaged_copy_is_refused() throws Exception {
        byte[] packet = packet(Duration.ofHours(1));
        Facts facts = collect(packet, signer);
        Judgement judgement = type.judge().judge(facts, Map.of(), Altered.NOW);

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.PROVEN);
        assertThat(facts.subjects().get(1).facts())
                .containsEntry("files", (long) ZipBytes.places(packet).size())
                .containsEntry("tried", (long) ZipBytes.places(packet).size());
        assertThat(ZipBytes.places(packet)).extracting(ZipBytes.Place::name).contains("page.json", "sha256sums.txt");
    }

    @Test
    void a_flipped_copy_is_a_flawless_archive_so_that_only_the_evidence_can_tell() throws Exception {
        byte[] packet = packet(Duration.ofHours(1));
        for (ZipBytes.Place place : ZipBytes.places(packet)) {
            byte[] flipped = ZipBytes.flipped(packet, place, 0);
            try (var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(flipped))) {
                int files = 0;
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    zip.readAllBytes();
                    files++;
                }
                assertThat(files).isEqualTo(ZipBytes.places(packet).size());
            }
        }
    }

    @Test
    void a_packet_under_another_key_is_failing() throws Exception {
        assertThat(judge(packet(Duration.ofHours(1)), NoteSigner.generate(ORIGIN))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_packet_whose_verdicts_have_lapsed_is_failing() throws Exception {
        Judgement judgement = judge(packet(Duration.ofSeconds(-1)), signer);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("1 of its verdicts have lapsed");
    }

    @Test
    void a_packet_damaged_on_the_way_is_failing() throws Exception {
        byte[] packet = packet(Duration.ofHours(1));

        assertThat(judge(Arrays.copyOf(packet, packet.length - 7), signer).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(judge(new byte[0], signer).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judge(ZipBytes.flipped(packet, ZipBytes.places(packet).getFirst(), 0), signer)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_packet_that_is_not_offered_is_unproven() {
        checkpoint = foreign(signer);
        assertThatThrownBy(() -> collect(null, signer))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("answers 404");
    }

    @Test
    void a_packet_of_another_revision_of_the_page_is_failing() throws Exception {
        Judgement judgement = judge(packet("page: self\n# older\n", Duration.ofSeconds(30)), signer);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("not of the page in force");
    }

    @Test
    void an_old_packet_is_failing_though_it_holds() throws Exception {
        byte[] old = packet(SOURCE, Duration.ofMinutes(30));
        Facts facts = collect(old, signer);

        assertThat(facts.subjects().getFirst().facts()).containsEntry("holds", true);
        assertThat(type.judge().judge(facts, Map.of(), Altered.NOW).reason()).contains("longer than 600 s ago");
        assertThat(type.judge()
                        .judge(facts, Map.of("maxAge", "1h"), Altered.NOW)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
        assertThat(judge(packet(SOURCE, Duration.ofMinutes(-30)), signer).reason())
                .contains("is to come");
    }

    @Test
    void a_packet_behind_its_log_or_of_another_history_is_failing() throws Exception {
        byte[] packet = packet(Duration.ofHours(1));
        TreeUpdate grown = TreeEdge.empty()
                .append(List.of(Hash.sha256(new byte[1]), Hash.sha256(new byte[2]), Hash.sha256(new byte[3])));
        checkpoint = new Checkpoint(ORIGIN, 3, grown.root()).sign(signer);
        assertThat(judge(packet, signer).reason()).contains("older than the log's by 1 entries");

        checkpoint = new Checkpoint(ORIGIN, 2, Hash.sha256(new byte[3])).sign(signer);
        assertThat(judge(packet, signer).reason()).contains("another root");
    }

    private Judgement judge(byte[] packet, NoteSigner pinned) throws CollectException {
        return type.judge().judge(collect(packet, pinned), Map.of(), Altered.NOW);
    }

    private Facts collect(byte[] packet, NoteSigner pinned) throws CollectException {
        try (TestSite site =
                TestSite.https(request -> packet != null && request.path().equals("/pages/self/packet.zip")
                        ? new Response(200, List.of("Content-Type: application/zip"), packet)
                        : request.path().equals("/checkpoint")
                                ? new Response(200, List.of(), pinned == signer ? checkpoint : foreign(pinned))
                                : Response.of(404, ""))) {
            EvidenceLog log =
                    new EvidenceLog(new UUID(0, 1), ORIGIN, pinned.vkey().toString(), site.base());
            return new PacketRoundTripCollector(Duration.ZERO)
                    .collect(new Collector.Look(
                            TestSite.target(site.web(), log), PAGE, Map.of(), InstantSource.fixed(Altered.NOW)));
        }
    }

    private static byte[] foreign(NoteSigner other) {
        return new Checkpoint(ORIGIN, 1, Hash.sha256(new byte[0])).sign(other);
    }

    private byte[] packet(Duration validFor) throws Exception {
        return packet(validFor, SOURCE, Duration.ofSeconds(30));
    }

    private byte[] packet(String source, Duration age) throws Exception {
        return packet(Duration.ofHours(1), source, age);
    }

    private byte[] packet(Duration validFor, String source, Duration age) throws Exception {
        Claim claim = new Claim(
                "transport",
                "All connections use TLS 1.2 or later.",
                "platform",
                dev.averment.evidence.packet.Verdict.PROVEN,
                "Older versions are refused.",
                Optional.of(Altered.NOW.minusSeconds(60)),
                Optional.of(Altered.NOW.plus(validFor)),
                List.of(0L),
                List.of(),
                List.of("Suites that were not offered are not seen."));
        Disclosure promised = new Promises(
                        "public",
                        "Security",
                        "Example",
                        Hash.sha256(source.getBytes(StandardCharsets.UTF_8)).hex(),
                        List.of(Promises.Promise.of(
                                claim,
                                Optional.empty(),
                                List.of(new Promises.Check("check", Duration.ofDays(400))),
                                Optional.empty())))
                .disclose(new SecureRandom());
        Leaf revised = Leaf.of(ORIGIN, "page.revised")
                .id(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0002L))
                .time(Altered.NOW.minusSeconds(90), Altered.NOW.minusSeconds(90))
                .category(Leaf.Category.ADMIN)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "setup")
                .detail(JsonObject.of("page", "self", "revision", 1))
                .disclose(promised)
                .build();
        Leaf leaf = Leaf.of(ORIGIN, "check.observed")
                .id(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L))
                .time(Altered.NOW.minusSeconds(60), Altered.NOW.minusSeconds(59))
                .category(Leaf.Category.OBSERVATION)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "collector")
                .target("claim", "transport")
                .detail(JsonObject.of(
                        "page",
                        "self",
                        "revision",
                        1,
                        "claim",
                        "transport",
                        "check",
                        "check",
                        "verdict",
                        "proven",
                        "reason",
                        "Older versions are refused."))
                .nonce(new byte[16])
                .build();
        TreeUpdate update = TreeEdge.empty().append(List.of(leaf.hash(), revised.hash()));
        assertThat(update.tiles()).extracting(TileData::tile).hasSize(1);
        checkpoint = new Checkpoint(ORIGIN, 2, update.root()).sign(signer);
        return PacketWriter.write(
                new PacketContents(
                        "self",
                        "Security",
                        "Example",
                        source.getBytes(StandardCharsets.UTF_8),
                        Altered.NOW.minus(age),
                        List.of(claim),
                        Map.of(),
                        checkpoint,
                        1,
                        List.of(
                                new PacketContents.Entry(0, leaf.bytes(), List.of(revised.hash()), List.of()),
                                new PacketContents.Entry(1, revised.bytes(), List.of(leaf.hash()), List.of(promised))),
                        List.of(),
                        Optional.empty()),
                PacketKeys.under(signer));
    }
}
