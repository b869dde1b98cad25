package dev.averment.checks.packetroundtrip;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.Waiting;
import dev.averment.checks.target.EvidenceLog;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.claims.Audience;
import dev.averment.claims.Page;
import dev.averment.claims.PageExcerpt;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.Vkey;
import dev.averment.evidence.packet.PacketReport;
import dev.averment.evidence.packet.PacketReport.Status;
import dev.averment.evidence.packet.PacketVerifier;
import dev.averment.evidence.packet.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Downloads the packet as a visitor would, verifies it, and verifies damaged copies of it. Files are named, not shown. */
final class PacketRoundTripCollector implements Collector {
    private static final int MAX_FLIPS = 400;
    /** A site may keep a packet for a few seconds, in which its log grows on. */
    private static final Duration PATIENCE = Duration.ofSeconds(7);

    private final Duration patience;

    PacketRoundTripCollector() {
        this(PATIENCE);
    }

    /** @param patience how long to wait before a packet that is behind its log is fetched once more */
    PacketRoundTripCollector(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Facts collect(Look look) throws CollectException {
        Web web = look.target().require(Web.class);
        EvidenceLog log = look.target().require(EvidenceLog.class);
        String path = new SettingReader(look.with())
                .text("path")
                .orElse("/pages/" + look.page().id() + "/packet.zip");
        Vkey key = key(log);
        Trust trust = Trust.inLogKey(key);
        Checkpoint newest = newest(web, log, key);
        Answer answer = download(web, path);
        Instant now = look.clock().instant();
        PacketReport report = PacketVerifier.verify(answer.body(), trust, now);
        if (report.checkpoint().filter(old -> old.size() < newest.size()).isPresent()) {
            Waiting.pause(patience, "before a newer packet was fetched");
            answer = download(web, path);
            now = look.clock().instant();
            report = PacketVerifier.verify(answer.body(), trust, now);
        }
        byte[] zip = answer.body();
        Map<String, Object> packet = whole(report);
        current(packet, report, look.page(), newest);
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject("packet", packet));

        List<ZipBytes.Place> places = ZipBytes.places(zip);
        long flipped = 0;
        List<String> accepted = new ArrayList<>();
        for (ZipBytes.Place place : places) {
            if (place.length() > 0 && flipped < MAX_FLIPS) {
                flipped++;
                if (!refused(ZipBytes.flipped(zip, place, place.length() / 2), trust, now)) {
                    accepted.add(place.name());
                }
            }
        }
        subjects.add(new Subject(
                "flipped bytes",
                Map.of(
                        "kind",
                        "damage",
                        "files",
                        (long) places.size(),
                        "tried",
                        flipped,
                        "accepted",
                        accepted.stream().limit(20).toList())));
        List<String> truncations = new ArrayList<>();
        for (int length : new int[] {0, zip.length / 2, Math.max(0, zip.length - 1)}) {
            if (!refused(Arrays.copyOf(zip, length), trust, now)) {
                truncations.add("cut to " + length + " bytes");
            }
        }
        subjects.add(new Subject(
                "truncated copies", Map.of("kind", "damage", "files", 1L, "tried", 3L, "accepted", truncations)));
        return new Facts(now, subjects, Map.of("packet", answer.uri().toString(), "bytes", (long) zip.length));
    }

    private static Answer download(Web web, String path) throws CollectException {
        Answer answer = WebFetch.get(web, path);
        if (answer.status() != 200) {
            throw new CollectException("The packet " + answer.uri() + " answers " + answer.status()
                    + " instead of 200; see whether the page offers one there.");
        }
        if (answer.truncated()) {
            throw new CollectException("The packet is larger than the " + WebFetch.MAX_BODY / (1024 * 1024)
                    + " MiB that this check reads; verify it with aver verify.");
        }
        return answer;
    }

    /** What the log says of itself now, before the packet is fetched: no packet may know less. */
    private static Checkpoint newest(Web web, EvidenceLog log, Vkey key) throws CollectException {
        String folder = log.base().getRawPath() == null ? "" : log.base().getRawPath();
        Answer answer = WebFetch.send(
                web, log.base(), "GET", (folder.endsWith("/") ? folder : folder + "/") + "checkpoint", Map.of());
        if (answer.status() != 200) {
            throw new CollectException("The checkpoint " + answer.uri() + " answers " + answer.status()
                    + " instead of 200, so that nobody can say whether the packet is behind the log.");
        }
        try {
            return Checkpoint.open(answer.body(), key);
        } catch (NoteException e) {
            throw new CollectException(
                    "The checkpoint " + answer.uri() + " does not open with the log's key (" + WebFetch.why(e)
                            + "); correct the target or the log.",
                    e);
        }
    }

    /** Whether the packet is one of this page and of now, and not an old one that is served for ever. */
    private static void current(Map<String, Object> facts, PacketReport report, Page page, Checkpoint newest) {
        Optional<String> source = PageExcerpt.of(page, Audience.PUBLIC)
                .map(bytes -> Hash.sha256(bytes).hex());
        facts.put(
                "page", report.page().map(dev.averment.evidence.packet.Page::id).orElse(""));
        facts.put(
                "ofThisPage",
                report.page()
                        .filter(p -> p.id().equals(page.id()) && source.equals(Optional.of(p.sourceSha256())))
                        .isPresent());
        facts.put("created", report.page().map(p -> p.created().toString()).orElse(""));
        facts.put(
                "behind",
                report.checkpoint()
                        .map(old -> Math.max(0, newest.size() - old.size()))
                        .orElse(newest.size()));
        facts.put(
                "sameLog",
                report.checkpoint()
                        .map(old -> old.size() != newest.size() || old.root().equals(newest.root()))
                        .orElse(false));
    }

    private static Vkey key(EvidenceLog log) throws CollectException {
        try {
            return Vkey.parse(log.vkey());
        } catch (NoteException e) {
            throw new CollectException(
                    "The log's verifier key can't be read (" + WebFetch.why(e) + "); correct the target.", e);
        }
    }

    private static Map<String, Object> whole(PacketReport report) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", "packet");
        facts.put("holds", report.overall() == PacketReport.Overall.HOLDS);
        facts.put("integrity", word(report.integrity()));
        facts.put("signature", word(report.signature()));
        facts.put("inclusion", word(report.inclusion()));
        facts.put("consistency", word(report.consistency()));
        facts.put("anchoring", word(report.anchoring()));
        facts.put(
                "lapsed",
                report.freshness().stream()
                        .filter(PacketReport.Freshness::lapsed)
                        .count());
        facts.put(
                "claims", report.page().map(page -> (long) page.claims().size()).orElse(0L));
        for (PacketReport.Result result : List.of(
                report.integrity(), report.signature(), report.inclusion(), report.consistency(), report.anchoring())) {
            if (result.status() == Status.FAILS) {
                facts.putIfAbsent("defect", result.reason());
            }
        }
        return facts;
    }

    private static String word(PacketReport.Result result) {
        return switch (result.status()) {
            case HOLDS -> "holds";
            case FAILS -> "fails";
            case ABSENT -> "absent";
        };
    }

    /** Damage must show in the packet itself: that a verdict in it has lapsed meanwhile would hide that nothing was noticed. */
    private static boolean refused(byte[] zip, Trust trust, Instant now) {
        PacketReport report = PacketVerifier.verify(zip, trust, now);
        return List.of(
                        report.integrity(),
                        report.signature(),
                        report.inclusion(),
                        report.consistency(),
                        report.anchoring())
                .stream()
                .anyMatch(result -> result.status() == Status.FAILS);
    }
}
