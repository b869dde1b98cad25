package dev.averment.cli.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.cli.Exit;
import dev.averment.cli.Ran;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TreeEdge;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteSigner;
import dev.averment.evidence.packet.Claim;
import dev.averment.evidence.packet.PacketContents;
import dev.averment.evidence.packet.PacketKeys;
import dev.averment.evidence.packet.PacketWriter;
import dev.averment.evidence.packet.Promises;
import dev.averment.evidence.packet.Verdict;
import dev.averment.evidence.packet.VerifyGuide;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ORIGIN = "log.example/w/7f3a";

    @TempDir
    static Path folder;

    private static Path packet;
    private static String key;
    private static String otherKey;

    @BeforeAll
    static void write() throws Exception {
        NoteSigner signer = NoteSigner.fromSeed(ORIGIN, seed(1));
        key = signer.vkey().toString();
        otherKey = NoteSigner.fromSeed(ORIGIN, seed(2)).vkey().toString();
        Instant seen = NOW.minus(Duration.ofMinutes(5));
        var claim = new Claim(
                "backup-restore",
                "A restore drill proves it.",
                "operations",
                Verdict.PROVEN,
                "It lost 11 minutes.",
                Optional.of(seen),
                Optional.of(NOW.plus(Duration.ofHours(26))),
                List.of(0L),
                List.of(),
                List.of());
        Disclosure promised = new Promises(
                        "public",
                        "Security at Example",
                        "Example Ltd",
                        Hash.sha256("page: example\n".getBytes(StandardCharsets.UTF_8))
                                .hex(),
                        List.of(Promises.Promise.of(
                                claim,
                                Optional.empty(),
                                List.of(new Promises.Check("check", Duration.ofDays(400))),
                                Optional.empty())))
                .disclose(new SecureRandom());
        Leaf revised = Leaf.of(ORIGIN, "page.revised")
                .id(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0002L))
                .time(seen.minusSeconds(60), seen.minusSeconds(60))
                .category(Leaf.Category.ADMIN)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "setup")
                .detail(JsonObject.of("page", "example", "revision", 1))
                .disclose(promised)
                .build();
        Leaf leaf = Leaf.of(ORIGIN, "check.observed")
                .id(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L))
                .time(seen, seen.plusMillis(5))
                .category(Leaf.Category.OBSERVATION)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "collector")
                .target("claim", "backup-restore")
                .detail(JsonObject.of(
                        "page",
                        "example",
                        "revision",
                        1,
                        "claim",
                        "backup-restore",
                        "check",
                        "check",
                        "verdict",
                        "proven",
                        "reason",
                        "It lost 11 minutes."))
                .nonce(new byte[16])
                .build();
        byte[] checkpoint = new Checkpoint(
                        ORIGIN,
                        2,
                        TreeEdge.empty()
                                .append(List.of(leaf.hash(), revised.hash()))
                                .root())
                .sign(signer);
        byte[] zip = PacketWriter.write(
                new PacketContents(
                        "example",
                        "Security at Example",
                        "Example Ltd",
                        "page: example\n".getBytes(StandardCharsets.UTF_8),
                        NOW,
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
        packet = Files.write(folder.resolve("packet.zip"), zip);
    }

    private static byte[] seed(int last) {
        byte[] seed = new byte[32];
        seed[31] = (byte) last;
        return seed;
    }

    private static Ran verify(Instant now, Path file, String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "verify";
        args[1] = file.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return Ran.aver(now, args);
    }

    @Test
    void a_packet_holds_under_the_right_key() {
        Ran ran = verify(NOW, packet, "--key", key);
        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(Exit.HOLDS);
        assertThat(ran.out())
                .containsPattern("(?m)^integrity +holds ")
                .containsPattern("(?m)^inclusion +holds ")
                .containsPattern("(?m)^freshness +holds ")
                .contains("exit 0");
    }

    @Test
    void the_key_may_stand_in_a_file() throws Exception {
        Path file = Files.writeString(folder.resolve("log.vkey"), key + "\n");
        assertThat(verify(NOW, packet, "--key", file.toString()).exit()).isEqualTo(Exit.HOLDS);
    }

    @Test
    void the_guide_is_printed_without_a_packet() {
        Ran ran = Ran.aver(NOW, "verify", "--print-guide");
        assertThat(ran.exit()).isEqualTo(Exit.HOLDS);
        assertThat(ran.out()).isEqualTo(VerifyGuide.text());
    }

    @Test
    void another_key_does_not_hold() {
        Ran ran = verify(NOW, packet, "--key", otherKey);
        assertThat(ran.exit()).isEqualTo(Exit.DOES_NOT_HOLD);
        assertThat(ran.out()).containsPattern("(?m)^signature +fails ");
    }

    @Test
    void without_a_key_nobody_can_tell_who_made_it() {
        Ran ran = verify(NOW, packet);
        assertThat(ran.exit()).isEqualTo(Exit.COULD_NOT_TELL);
        assertThat(ran.err()).contains("--key");
    }

    @Test
    void a_packet_opened_a_month_later_has_lapsed() {
        Ran ran = verify(NOW.plus(Duration.ofDays(30)), packet, "--key", key);
        assertThat(ran.exit()).isEqualTo(Exit.DOES_NOT_HOLD);
        assertThat(ran.out())
                .containsPattern("(?m)^freshness +fails ")
                .contains("backup-restore: proven in the packet, stale");
    }

    @Test
    void a_packet_that_was_cut_off_does_not_hold() throws Exception {
        byte[] whole = Files.readAllBytes(packet);
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));
        Ran ran = verify(NOW, cut, "--key", key);
        assertThat(ran.exit()).isEqualTo(Exit.DOES_NOT_HOLD);
        assertThat(ran.out()).containsPattern("(?m)^integrity +fails ");
    }

    @Test
    void no_packet_and_no_key_that_is_one_are_wrong_use() {
        assertThat(verify(NOW, folder.resolve("none.zip"), "--key", key).exit()).isEqualTo(Exit.WRONG_USE);
        Ran ran = verify(NOW, packet, "--key", key.substring(0, key.length() - 3));
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.err()).contains("no verifier key");
        assertThat(verify(NOW, packet, "--key", "nothing").err()).contains("neither a verifier key");
    }

    @Test
    void json_says_each_answer_by_itself() {
        JsonNode json = JsonMapper.shared()
                .readTree(verify(NOW, packet, "--key", key, "--format", "json").out());
        assertThat(json.at("/overall").asString()).isEqualTo("holds");
        assertThat(json.at("/results/signature/status").asString()).isEqualTo("holds");
        assertThat(json.at("/results/anchoring/status").asString()).isEqualTo("absent");
        assertThat(json.at("/freshness/0/age").asString()).isEqualTo("fresh");
        assertThat(json.at("/page/organisation").asString()).isEqualTo("Example Ltd");
        assertThat(json.at("/exit").asInt()).isZero();
    }
}
