package dev.averment.evidence.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.averment.evidence.dsse.StatementSigner;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonString;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.InMemoryLog;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.Ed25519;
import dev.averment.evidence.note.NoteSigner;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A workspace's log of a few hundred entries, an anchor log over it, and a packet about three claims. */
public final class PacketFixture {

    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final String ORIGIN = "log.example/w/7f3a";

    public static final byte[] SOURCE = "page: example\ntitle: Security at Example\n".getBytes(UTF_8);

    /** What else is known of the first claim; the second has none. */
    public static final Map<String, JsonObject> DETAILS = Map.of(
            "backup-restore",
            JsonObject.of(
                    "params",
                    Map.of("rpo", "15m"),
                    "checks",
                    List.of(
                            check("drill", "proven", "The drill of today lost 11 minutes."),
                            check("encryption", "proven", "Every backup is encrypted."))),
            "sub-processors",
            JsonObject.of("checks", List.of(check("announcements", "unproven", "not looked at yet"))));

    private static JsonObject check(String id, String verdict, String reason) {
        return JsonObject.of(
                "id", id, "type", "sample", "expect", Map.of("most", 15), "verdict", verdict, "reason", reason);
    }

    public static final Disclosure PROMISED = promises(
                    promise(0, Duration.ofHours(27), "drill", "encryption"),
                    promise(1, Duration.ofDays(91), "records"),
                    promise(2, Duration.ofDays(2), "announcements"))
            .disclose("AQECAwQFBgcICQoLDA0ODw");

    private static Promises.Promise promise(int index, Duration valid, String... checks) {
        Claim claim = claims().get(index);
        return Promises.Promise.of(
                claim,
                Optional.ofNullable(DETAILS.get(claim.id())),
                Stream.of(checks).map(id -> new Promises.Check(id, valid)).toList(),
                Optional.empty());
    }

    public final NoteSigner logSigner = NoteSigner.fromSeed(ORIGIN, seed(1));
    public final NoteSigner anchorSigner = NoteSigner.fromSeed("log.example/anchor", seed(2));
    public final KeyPair sshKeys = Ed25519.fromSeed(seed(3));
    public final KeyPair statementKeys = StatementSigner.generateKeys();
    public final InMemoryLog log = new InMemoryLog();
    public final List<Leaf> leaves = new ArrayList<>();
    public final Disclosure disclosure =
            new Disclosure("AAECAwQFBgcICQoLDA0ODw", "/actor/name", new JsonString("A. Reviewer"));

    static Promises promises(Promises.Promise... claims) {
        return new Promises(
                "public",
                "Security at Example",
                "Example Ltd",
                Hash.sha256(SOURCE).hex(),
                List.of(claims));
    }

    public PacketFixture() {
        this(300);
    }

    public PacketFixture(int entries) {
        for (int i = 0; i < entries; i++) {
            leaves.add(leaf(ORIGIN, i));
        }
        log.append(leaves.stream().map(Leaf::hash).toList());
    }

    /** Entry 0 puts the page in force, 5 and two others are about its claims, the rest about nothing that is shown. */
    public Leaf leaf(String origin, int number) {
        return switch (number) {
            case 0 -> leaf(origin, number, "page.revised", JsonObject.of("page", "example", "revision", 3));
            case 5 -> observed(origin, number, "staff-training", "records", "attested");
            case 123 -> observed(origin, number, "backup-restore", "drill", "proven");
            case 299 -> observed(origin, number, "backup-restore", "encryption", "proven");
            default -> observed(origin, number, "other", "other", "failing");
        };
    }

    public Leaf observed(String origin, int number, String claim, String check, String verdict) {
        return leaf(
                origin,
                number,
                "check.observed",
                JsonObject.of(
                        "page",
                        "example",
                        "revision",
                        3,
                        "claim",
                        claim,
                        "check",
                        check,
                        "verdict",
                        verdict,
                        "reason",
                        switch (check) {
                            case "drill" -> "The drill of today lost 11 minutes.";
                            case "records" -> "Attested by the head of people.";
                            default -> "Every backup is encrypted.";
                        },
                        "rpo",
                        "PT11M"));
    }

    public Leaf leaf(String origin, int number, String action, JsonObject detail) {
        Instant time = NOW.minus(Duration.ofMinutes(30)).plusSeconds(number);
        byte[] nonce = new byte[16];
        nonce[0] = (byte) number;
        nonce[1] = (byte) (number >> 8);
        return Leaf.of(origin, action)
                .id(new UUID(0x0190_0000_0000_7000L | (long) number << 32, 0x8000_0000_0000_0000L | number))
                .time(time, time.plusMillis(5))
                .category(Leaf.Category.OBSERVATION)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SYSTEM, "collector")
                .target("claim", "backup-restore")
                .detail(detail)
                .disclose(disclosure)
                .disclose(PROMISED)
                .nonce(nonce)
                .build();
    }

    public PacketKeys keys() {
        try {
            return new PacketKeys(logSigner, new StatementSigner(statementKeys), sshKeys);
        } catch (dev.averment.evidence.dsse.DsseException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] checkpoint(int size) {
        try {
            return new Checkpoint(ORIGIN, size, new Prover(log, size).root()).sign(logSigner);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public PacketContents.Entry entry(int seq, int size, Disclosure... disclosures) {
        try {
            return new PacketContents.Entry(
                    seq, leaves.get(seq).bytes(), new Prover(log, size).inclusion(seq), List.of(disclosures));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public PacketContents.Earlier earlier(int size, int now) {
        try {
            return new PacketContents.Earlier(checkpoint(size), new Prover(log, now).consistency(size));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public PacketContents.Anchor anchor(byte[] checkpoint) {
        try {
            InMemoryLog anchorLog = new InMemoryLog();
            List<Hash> hashes = new ArrayList<>(InMemoryLog.leaves(0, 20));
            hashes.set(13, TreeHash.leaf(checkpoint));
            Hash root = anchorLog.append(hashes).root();
            byte[] signed = anchorSigner.sign(
                    new Checkpoint("log.example/anchor", 20, root).text(),
                    List.of(NoteSigner.fromSeed("witness.example", seed(9))));
            return new PacketContents.Anchor(
                    Checkpoint.peek(checkpoint).size(),
                    anchorSigner.vkey(),
                    13,
                    new Prover(anchorLog, 20).inclusion(13),
                    signed);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<Claim> claims() {
        return List.of(
                new Claim(
                        "backup-restore",
                        "Backups are encrypted with AES-256; a restore drill proves we lose at most 15m.",
                        "operations",
                        Verdict.PROVEN,
                        "The drill of today lost 11 minutes.",
                        Optional.of(NOW.minus(Duration.ofMinutes(29))),
                        Optional.of(NOW.plus(Duration.ofHours(26))),
                        List.of(123L, 299L),
                        List.of("gdpr:32.1.c", "iso27001:A.8.13"),
                        List.of("object-store versioning is not exercised")),
                new Claim(
                        "staff-training",
                        "All staff are trained in data protection once a year.",
                        "people",
                        Verdict.ATTESTED,
                        "Attested by the head of people.",
                        Optional.of(NOW.minus(Duration.ofMinutes(30))),
                        Optional.of(NOW.plus(Duration.ofDays(90))),
                        List.of(5L),
                        List.of(),
                        List.of()),
                new Claim(
                        "sub-processors",
                        "Sub-processors are announced 30 days ahead.",
                        "legal",
                        Verdict.UNPROVEN,
                        "No announcement was due yet.",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of("gdpr:28.2"),
                        List.of()));
    }

    public PacketContents contents() {
        return contents(300);
    }

    public PacketContents contents(int size) {
        return contents(size, anchor(checkpoint(size)));
    }

    /** Anchored as a server does it: by the newest checkpoint that has reached the anchor log, which is an earlier one. */
    public PacketContents anchoredEarlier() {
        return contents(300, anchor(checkpoint(200)));
    }

    private PacketContents contents(int size, PacketContents.Anchor anchor) {
        byte[] checkpoint = checkpoint(size);
        return new PacketContents(
                "example",
                "Security at Example",
                "Example Ltd",
                SOURCE,
                NOW,
                claims(),
                DETAILS,
                checkpoint,
                0,
                List.of(entry(0, size, PROMISED), entry(5, size), entry(123, size, disclosure), entry(299, size)),
                List.of(earlier(1, size), earlier(200, size)),
                Optional.of(anchor));
    }

    /** A packet about the log's past only: claims which nothing proves. */
    public PacketContents history(int size, List<PacketContents.Earlier> earlier) {
        return new PacketContents(
                "example",
                "Security at Example",
                "Example Ltd",
                SOURCE,
                NOW,
                claims().stream().map(PacketFixture::unproven).toList(),
                unlooked(),
                checkpoint(size),
                0,
                List.of(entry(0, size, PROMISED)),
                earlier,
                Optional.empty());
    }

    private static Map<String, JsonObject> unlooked() {
        Map<String, JsonObject> details = new TreeMap<>(DETAILS);
        details.put(
                "backup-restore",
                DETAILS.get("backup-restore")
                        .with(
                                "checks",
                                List.of(
                                        check("drill", "unproven", "not looked at yet"),
                                        check("encryption", "unproven", "not looked at yet"))));
        return details;
    }

    private static Claim unproven(Claim claim) {
        return new Claim(
                claim.id(),
                claim.text(),
                claim.owner(),
                Verdict.UNPROVEN,
                "Nothing goes along.",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                claim.maps(),
                claim.blindSpots());
    }

    public byte[] packet() {
        try {
            return PacketWriter.write(contents(), keys());
        } catch (PacketException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By defect, the files of each packet of the corpus that is wrong about the log's past. */
    public static Map<String, Map<String, byte[]>> forgedHistories() throws Exception {
        Map<String, Map<String, byte[]>> forged = new TreeMap<>();
        for (BadPacketTest.Bad bad : BadHistory.corpus().toList()) {
            var forger = new BadPacketTest.Forger();
            bad.forgery().apply(forger);
            forged.put(bad.defect(), forger.files);
        }
        return forged;
    }

    public static byte[] seed(int number) {
        byte[] seed = new byte[32];
        seed[31] = (byte) number;
        return seed;
    }
}
