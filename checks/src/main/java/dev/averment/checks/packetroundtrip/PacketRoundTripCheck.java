package dev.averment.checks.packetroundtrip;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code packet-round-trip}. */
public final class PacketRoundTripCheck implements CheckType {

    @Override
    public String name() {
        return "packet-round-trip";
    }

    @Override
    public String description() {
        return "Downloads the packet, verifies it with the pinned key, sees that it is one of now, and verifies copies with one byte altered"
                + " in each file.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting("path", Kind.TEXT, false, "The packet; /pages/ID/packet.zip by default.")),
                List.of(new Setting("maxAge", Kind.DURATION, false, "How old the packet may be; 10m by default.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The verifier is the one that is shipped; that openssl, ssh-keygen and others agree is tested when it is built.",
                "One byte in the middle of each file is altered, in at most 400 files.",
                "A packet of before counts as current until the log has grown or its time is over.",
                "What only some readers may download is not seen.");
    }

    @Override
    public Collector collector() {
        return new PacketRoundTripCollector();
    }

    @Override
    public Judge judge() {
        return new PacketRoundTripJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                "packet",
                                Map.of(
                                        "kind",
                                        "packet",
                                        "holds",
                                        true,
                                        "integrity",
                                        "holds",
                                        "signature",
                                        "holds",
                                        "lapsed",
                                        0L,
                                        "claims",
                                        3L,
                                        "ofThisPage",
                                        true,
                                        "created",
                                        now.toString(),
                                        "behind",
                                        0L,
                                        "sameLog",
                                        true)),
                        new Subject(
                                "flipped bytes",
                                Map.of("kind", "damage", "files", 20L, "tried", 20L, "accepted", List.of())),
                        new Subject(
                                "truncated copies",
                                Map.of("kind", "damage", "files", 1L, "tried", 3L, "accepted", List.of()))),
                Map.of("packet", "https://example.org/pages/example/packet.zip", "bytes", 40_000L));
    }
}
