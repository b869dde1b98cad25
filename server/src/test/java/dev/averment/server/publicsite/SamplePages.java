package dev.averment.server.publicsite;

import dev.averment.claims.Audience;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Exemption;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.PageState.CheckState;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.claims.PageState.ObservationSummary;
import dev.averment.server.claims.PublishedPages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Pages as the site may meet them: {@code self} with all six verdicts in two languages, {@code calm} where all holds,
 * {@code new} with nothing observed, {@code hostile} whose every text tries to break out.
 */
final class SamplePages implements PublishedPages {

    static final Instant NOW = Instant.parse("2026-11-22T14:03:27Z");
    static final String HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>{oops}&amp;\u0007";

    private final Map<String, PageState> states = new LinkedHashMap<>();

    SamplePages() {
        put(self());
        put(calm());
        put(fresh());
        put(hostile());
    }

    void put(PageState state) {
        states.put(state.page().id(), state);
    }

    void clear() {
        states.clear();
    }

    // --- the pages

    static PageState self() {
        var c = new ArrayList<ClaimState>();
        c.add(claim(
                "tls-floor",
                "R1",
                "transport",
                "Connections from browsers use TLS {floor} or later; older versions are refused at the handshake.",
                "Verbindungen von Browsern nutzen TLS {floor} oder neuer; ältere Fassungen werden schon beim Handschlag abgewiesen.",
                Map.of("floor", "1.2"),
                "Platform",
                List.of("gdpr:32.1.a", "iso27001:A.8.24"),
                Verdict.PROVEN,
                14,
                40,
                "4 of 4 handshakes at TLS 1.0 and 1.1 were refused; 1.2 and 1.3 were accepted.",
                "tls-versions"));
        c.add(claim(
                "hsts",
                "R7",
                "transport",
                "The API answers over HTTPS only, and tells browsers to remember that for {age}.",
                "Die Schnittstelle antwortet nur über HTTPS und weist Browser an, sich das {age} lang zu merken.",
                Map.of("age", "365d"),
                "Platform",
                List.of("iso27001:A.8.24"),
                Verdict.PROVEN,
                14,
                40,
                "212 of 212 routes carry the header; plain HTTP is redirected.",
                "response-headers"));
        c.add(claim(
                "database-tls",
                "D18",
                "transport",
                "Every connection to the database is encrypted; the database refuses any other.",
                "Jede Verbindung zur Datenbank ist verschlüsselt; eine andere weist die Datenbank ab.",
                Map.of(),
                "Platform",
                List.of("gdpr:32.1.a"),
                Verdict.PROVEN,
                52,
                12,
                "16 of 16 pooled connections report TLS; a plain one was refused.",
                "database-transport"));
        c.add(claim(
                "rls",
                "R8",
                "isolation",
                "All {tables} workspace tables carry row-level security that no query of ours can switch off.",
                "Alle {tables} Tabellen eines Arbeitsbereichs tragen zeilenweise Zugriffsregeln, die keine unserer Abfragen abschalten kann.",
                Map.of("tables", "84"),
                "Backend",
                List.of("gdpr:32.1.b", "iso27001:A.8.3", "soc2:CC6.1"),
                Verdict.PROVEN,
                9,
                33,
                "84 of 84 tables force row security with the one canonical policy.",
                "row-security"));
        c.add(claim(
                "cross-tenant",
                "R9",
                "isolation",
                "A query without any condition, run as one workspace, reaches no row of another.",
                "Eine Abfrage ohne jede Bedingung, ausgeführt als ein Arbeitsbereich, erreicht keine Zeile eines anderen, auch nicht über Fremdschlüsselbeziehungen oder Auswertungen.",
                Map.of(),
                "Backend",
                List.of("gdpr:32.1.b"),
                Verdict.FAILING,
                41,
                0.09,
                "Table attachment: 3 rows of another workspace were readable.",
                "tenant-probe"));
        c.add(claim(
                "canary",
                null,
                "isolation",
                "A canary workspace is searched for its neighbours' data every {every}.",
                "Ein Kanarien-Arbeitsbereich wird alle {every} nach Daten seiner Nachbarn durchsucht.",
                Map.of("every", "5m"),
                "Backend",
                List.of("gdpr:32.1.d"),
                Verdict.PROVEN,
                171,
                33,
                "No foreign row in 84 tables, 2 buckets and 1 cache.",
                "canary-search"));
        c.add(claim(
                "passwords",
                "R4",
                "identity",
                "Passwords are kept as Argon2id with {memory} of memory, {time} passes and {lanes} lane.",
                "Passwörter werden als Argon2id mit {memory} Speicher, {time} Durchgängen und {lanes} Spur aufbewahrt.",
                Map.of("memory", "64MiB", "time", "3", "lanes", "1"),
                "Identity",
                List.of("iso27001:A.8.5", "asvs:2.4.1"),
                Verdict.PROVEN,
                620,
                33,
                "A password set through the API was stored with exactly these parameters.",
                "password-storage"));
        c.add(claim(
                "staff-mfa",
                "D2",
                "identity",
                "Every person who can reach production signs in with a second factor.",
                "Jede Person mit Zugang zum Betrieb meldet sich mit einem zweiten Faktor an.",
                Map.of(),
                "Identity",
                List.of("iso27001:A.8.5", "nis2:21.2.j"),
                Verdict.PROVEN,
                33,
                8,
                "11 of 11 operator accounts have a passkey.",
                "staff-factors"));
        c.add(claim(
                "backup-restore",
                "M17",
                "continuity",
                "Backups are encrypted with {cipher}; a restore drill proves that we lose at most {rpo}.",
                "Backups sind mit {cipher} verschlüsselt; eine Rückspielprobe belegt höchstens {rpo} Verlust.",
                Map.of("cipher", "AES-256", "rpo", "15m"),
                "Operations",
                List.of("gdpr:32.1.c", "iso27001:A.8.13"),
                Verdict.PROVEN,
                36_400,
                33,
                "Restored to 14:58:12, 4 min 8 s before the drill began; 84 of 84 tables match.",
                "restore-drill"));
        c.add(claim(
                "backup-daily",
                "R16",
                "continuity",
                "A full backup is made every day at {time}; none is kept beyond {retention}.",
                "Täglich um {time} entsteht ein volles Backup; nach {retention:dative} wird jedes gelöscht.",
                Map.of("time", "03:00Z", "retention", "30d"),
                "Operations",
                List.of("gdpr:32.1.c"),
                Verdict.STALE,
                190_000,
                1.1,
                "The catalogue was last read 2 days ago; an observation counts for 26 h.",
                "backup-catalogue"));
        c.add(claim(
                "recovery-plan",
                "D10",
                "continuity",
                "A written recovery plan exists, and the drill follows it step by step.",
                "Es gibt einen schriftlichen Wiederanlaufplan, und die Probe folgt ihm Schritt für Schritt.",
                Map.of(),
                "Operations",
                List.of("gdpr:32.1.c", "iso27001:A.5.30"),
                Verdict.ATTESTED,
                1_400_000,
                16,
                "Signed by M. Okafor on 6 November 2026; expires on 6 May 2027.",
                "register-entry"));
        c.add(claim(
                "pentest",
                "D16",
                "people",
                "An outside firm tests the service every year, and we publish the counts by severity.",
                "Eine externe Firma prüft den Dienst jedes Jahr, und wir veröffentlichen die Zahlen nach Schwere.",
                Map.of(),
                "Security",
                List.of("gdpr:32.1.d"),
                Verdict.EXEMPT,
                4_000_000,
                20,
                "No test within the last 12 months.",
                "register-entry"));
        c.add(claim(
                "facility",
                "D1",
                "people",
                "Our data centre admits named persons only, and logs each visit.",
                "Unser Rechenzentrum lässt nur benannte Personen ein und verzeichnet jeden Besuch.",
                Map.of(),
                "Security",
                List.of("iso27001:A.7.2"),
                Verdict.ATTESTED,
                7_000_000,
                90,
                "Provider's certificate, valid until 31 March 2027.",
                "register-entry"));
        c.add(claim(
                "disclosure",
                "R22",
                "people",
                "Reports of holes are acknowledged within {ack}, whoever sends them.",
                "Hinweise auf Lücken werden binnen {ack:dative} bestätigt, von wem auch immer sie kommen.",
                Map.of("ack", "48h"),
                "Security",
                List.of("nis2:21.2.e"),
                Verdict.UNPROVEN,
                -1,
                0,
                "This check has no report to look at yet.",
                "disclosure-clock"));
        return state(
                "self",
                Map.of("en", "Security at Lindgren Telemetry", "de", "Sicherheit bei Lindgren Telemetry"),
                "en",
                7,
                c);
    }

    static PageState calm() {
        return state(
                "calm",
                Map.of(
                        "de",
                        "Technische und organisatorische Maßnahmen",
                        "en",
                        "Technical and organisational measures"),
                "de",
                2,
                List.of(
                        claim(
                                "tls13",
                                "D8",
                                "transport",
                                "Every connection uses TLS {floor}.",
                                "Alle Verbindungen nutzen TLS {floor}.",
                                Map.of("floor", "1.3"),
                                "Betrieb",
                                List.of("gdpr:32.1.a"),
                                Verdict.PROVEN,
                                5,
                                120,
                                "Nur TLS 1.3 wurde angenommen.",
                                "tls-versions"),
                        claim(
                                "retention",
                                "D10",
                                "continuity",
                                "Backups are deleted after {keep}.",
                                "Backups werden spätestens nach {keep:dative} gelöscht.",
                                Map.of("keep", "30d"),
                                "Betrieb",
                                List.of("gdpr:32.1.c"),
                                Verdict.PROVEN,
                                4_000,
                                119,
                                "Das älteste ist 29 Tage alt.",
                                "backup-catalogue")));
    }

    static PageState fresh() {
        return state(
                "new",
                Map.of("en", "Security at a new company"),
                "en",
                1,
                List.of(
                        claim(
                                "first",
                                null,
                                "transport",
                                "Connections use TLS {floor} or later.",
                                null,
                                Map.of("floor", "1.2"),
                                "Platform",
                                List.of(),
                                Verdict.UNPROVEN,
                                -1,
                                0,
                                "The check has not run yet.",
                                "tls-versions"),
                        claim(
                                "second",
                                null,
                                "transport",
                                "The API answers over HTTPS only.",
                                null,
                                Map.of(),
                                "Platform",
                                List.of(),
                                Verdict.UNPROVEN,
                                -1,
                                0,
                                "The check has not run yet.",
                                "response-headers")));
    }

    static PageState hostile() {
        return state(
                "hostile",
                Map.of("en", HOSTILE),
                "en",
                1,
                List.of(
                        claim(
                                "evil",
                                HOSTILE,
                                "transport",
                                HOSTILE + " {floor}",
                                null,
                                Map.of("floor", HOSTILE),
                                HOSTILE,
                                List.of("gdpr:" + HOSTILE, HOSTILE),
                                Verdict.FAILING,
                                30,
                                1,
                                HOSTILE,
                                HOSTILE),
                        withAudience(
                                claim(
                                        "secret",
                                        null,
                                        "transport",
                                        "Internal words that nobody outside may read.",
                                        null,
                                        Map.of(),
                                        "Platform",
                                        List.of(),
                                        Verdict.FAILING,
                                        30,
                                        1,
                                        "internal reason",
                                        "internal-check"),
                                Audience.INTERNAL),
                        withAudience(
                                claim(
                                        "packet-only",
                                        null,
                                        "transport",
                                        "Words for holders of a packet.",
                                        null,
                                        Map.of(),
                                        "Platform",
                                        List.of(),
                                        Verdict.PROVEN,
                                        30,
                                        1,
                                        "packet reason",
                                        "packet-check"),
                                Audience.PACKET)));
    }

    private static ClaimState withAudience(ClaimState s, Audience audience) {
        Claim c = s.claim();
        return new ClaimState(
                new Claim(
                        c.id(),
                        c.ledger(),
                        c.section(),
                        c.text(),
                        c.params(),
                        c.owner(),
                        audience,
                        c.maps(),
                        c.checks(),
                        c.selftests(),
                        c.exemption()),
                s.verdict(),
                s.since(),
                s.observedAt(),
                s.reason(),
                s.checks());
    }

    static PageState state(
            String id, Map<String, String> title, String authoritative, int revision, List<ClaimState> claims) {
        var sections = List.of(
                new Page.Section("transport", Map.of("en", "On the wire", "de", "Auf der Leitung")),
                new Page.Section("isolation", Map.of("en", "Between customers", "de", "Zwischen Kunden")),
                new Page.Section("identity", Map.of("en", "Signing in", "de", "Anmeldung")),
                new Page.Section(
                        "continuity", Map.of("en", "When something is lost", "de", "Wenn etwas verloren geht")),
                new Page.Section("people", Map.of("en", "People and procedure", "de", "Menschen und Verfahren")));
        var documents = List.of(
                new Page.Document(
                        "dpa",
                        Map.of("en", "Data-processing agreement", "de", "Auftragsverarbeitungsvertrag"),
                        Map.of(
                                "en",
                                        "# Data-processing agreement\n\n## 1. Subject\n\nWe process personal data *only* on documented instructions.\n\n1. The term is that of the main contract.\n2. Annex 2 is [the security page](/pages/self).\n\n| Data | Kept for |\n| --- | ---: |\n| Telemetry | 30 days |\n| <b>Mail</b> | 1 year |\n\n<script>alert(1)</script>\n\n[bad](javascript:alert(1))\n",
                                "de",
                                        "# Auftragsverarbeitungsvertrag\n\n## 1. Gegenstand\n\nWir verarbeiten personenbezogene Daten *nur* auf dokumentierte Weisung.\n")),
                new Page.Document(
                        "disclosure",
                        Map.of("en", "How to report a hole", "de", "Wie man eine Lücke meldet"),
                        Map.of(
                                "en",
                                "Write to security@example.com.\n",
                                "de",
                                "Schreiben Sie an security@example.com.\n")));
        var page = new Page(
                id,
                title,
                authoritative,
                LocalDate.of(2026, 11, 2),
                Map.of(),
                sections,
                documents,
                claims.stream().map(ClaimState::claim).toList(),
                ("page: " + id + "\nauthoritative: " + authoritative + "\n").getBytes(StandardCharsets.UTF_8));
        return new PageState(UUID.fromString("0190a5b2-7c3d-7000-8000-000000000001"), page, revision, NOW, claims);
    }

    /** @param age seconds since the observation, negative for none; @param days since the verdict began */
    static ClaimState claim(
            String id,
            String ledger,
            String section,
            String en,
            String de,
            Map<String, String> params,
            String owner,
            List<String> maps,
            Verdict verdict,
            long age,
            double days,
            String reason,
            String type) {
        Map<String, String> text = de == null ? Map.of("en", en) : Map.of("en", en, "de", de);
        var binding = new CheckBinding(
                "main",
                type,
                Duration.ofMinutes(5),
                Duration.ofHours(26),
                Map.of("host", "api.example.com", "database", "postgres://probe:hunter2@db.internal/main"),
                Map.of("rpo", Map.of("max", "15m"), "subjects", Map.of("min", 1)));
        Exemption exemption = verdict == Verdict.EXEMPT
                ? new Exemption(
                        Instant.parse("2027-03-01T00:00:00Z"),
                        "The firm's first free date is in February.",
                        "A. Lindgren")
                : null;
        var claim = new Claim(
                id,
                ledger,
                section,
                text,
                params,
                owner,
                Audience.PUBLIC,
                maps,
                List.of(binding),
                List.of(),
                exemption);
        Instant observed = age < 0 ? null : NOW.minusSeconds(age);
        var summary = observed == null
                ? null
                : new ObservationSummary(
                        UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)),
                        verdict == Verdict.FAILING ? null : 48_213L,
                        observed,
                        observed.plusMillis(380),
                        verdict,
                        84);
        var check = new CheckState(
                binding,
                verdict,
                reason,
                "Speaks to the running system from outside and records what it answers.",
                List.of(
                        "Says nothing about systems that the page does not name.",
                        "A fault that lasts less than five minutes may pass unseen."),
                summary);
        return new ClaimState(
                claim,
                verdict,
                observed == null ? null : NOW.minusSeconds((long) (days * 86_400)),
                observed,
                reason,
                List.of(check));
    }

    // --- PublishedPages

    @Override
    public List<String> ids() {
        return List.copyOf(states.keySet());
    }

    @Override
    public Optional<PageState> page(String id) {
        return Optional.ofNullable(states.get(id));
    }

    @Override
    public List<VerdictSpan> history(String page, String claim, Instant from) {
        ClaimState s = states.get(page).claims().stream()
                .filter(c -> c.claim().id().equals(claim))
                .findFirst()
                .orElseThrow();
        if (s.since() == null) {
            return List.of();
        }
        var spans = new ArrayList<VerdictSpan>();
        Instant begin = NOW.minus(Duration.ofDays(33));
        if (s.since().isAfter(begin)) {
            int seed = Math.floorMod(claim.hashCode(), 9);
            Instant a = NOW.minus(Duration.ofDays(21 + seed % 5));
            Instant b = a.plus(Duration.ofHours(7 + seed * 3L));
            spans.add(new VerdictSpan(Verdict.PROVEN, begin, a));
            spans.add(new VerdictSpan(seed % 2 == 0 ? Verdict.FAILING : Verdict.STALE, a, b));
            spans.add(new VerdictSpan(Verdict.UNPROVEN, b, b.plus(Duration.ofHours(11))));
            spans.add(new VerdictSpan(Verdict.PROVEN, b.plus(Duration.ofHours(11)), s.since()));
            spans.removeIf(x -> !x.to().isAfter(x.from()));
        }
        spans.add(new VerdictSpan(s.verdict(), s.since(), null));
        return spans;
    }

    @Override
    public Map<String, List<VerdictSpan>> histories(String page, Instant from) {
        var all = new java.util.LinkedHashMap<String, List<VerdictSpan>>();
        states.get(page)
                .claims()
                .forEach(c -> all.put(c.claim().id(), history(page, c.claim().id(), from)));
        return all;
    }

    @Override
    public Optional<ObservationDetail> observation(String page, String claim, String check) {
        return page(page)
                .flatMap(p -> p.claims().stream()
                        .filter(c -> c.claim().id().equals(claim))
                        .findFirst())
                .map(c -> c.checks().getFirst().observation())
                .map(o -> new ObservationDetail(
                        o.leaf(),
                        o.seq(),
                        o.observedAt(),
                        o.receivedAt(),
                        """
                        {
                          "subjects" : [
                            { "name" : "api.example.com:443", "tls1.0" : "refused", "tls1.1" : "refused", "tls1.2" : "accepted", "tls1.3" : "accepted" },
                            { "name" : "console.example.com:443", "tls1.0" : "refused", "tls1.1" : "refused", "tls1.2" : "accepted", "tls1.3" : "accepted" }
                          ],
                          "observer" : "eu-central"
                        }""",
                        "{\"kind\":\"observation\",\"claim\":\"" + claim + "\"}",
                        o.seq() == null ? null : "c2sp.org/tlog-proof@v1\nindex 48213\n"));
    }

    @Override
    public List<RevisionEntry> revisions(String page) {
        if (!page.equals("self")) {
            return List.of(new RevisionEntry(
                    1, NOW.minus(Duration.ofDays(130)), LocalDate.of(2026, 7, 1), "0".repeat(64), List.of()));
        }
        return List.of(
                new RevisionEntry(
                        7,
                        NOW.minus(Duration.ofDays(20)),
                        LocalDate.of(2026, 11, 2),
                        "9f2c6d0b7a1e4c58".repeat(4),
                        List.of(
                                new ChangeLine(
                                        "tightened",
                                        "backup-restore",
                                        "a restore drill proves that we lose at most 1 h",
                                        "a restore drill proves that we lose at most 15 min",
                                        false),
                                new ChangeLine(
                                        "added",
                                        "canary",
                                        null,
                                        "A canary workspace is searched for its neighbours' data every 5 min.",
                                        false))),
                new RevisionEntry(
                        6,
                        NOW.minus(Duration.ofDays(75)),
                        LocalDate.of(2026, 9, 8),
                        "41d7aa02be9930f5".repeat(4),
                        List.of(
                                new ChangeLine(
                                        "loosened",
                                        "disclosure",
                                        "acknowledged within 24 h",
                                        "acknowledged within 48 h",
                                        true),
                                new ChangeLine(
                                        "withdrawn", "bug-bounty", "We pay for every confirmed report.", null, true))),
                new RevisionEntry(
                        1,
                        NOW.minus(Duration.ofDays(300)),
                        LocalDate.of(2026, 1, 26),
                        "c0ffee1234567890".repeat(4),
                        List.of()));
    }

    @Override
    public Optional<Page> revision(String page, int number) {
        return revisions(page).stream().anyMatch(r -> r.number() == number)
                ? page(page).map(PageState::page)
                : Optional.empty();
    }

    @Override
    public List<Map<String, String>> subProcessors(String page) {
        return page.equals("new")
                ? List.of()
                : List.of(
                        Map.of(
                                "name",
                                "Nordwolke Hosting GmbH",
                                "location",
                                "Frankfurt am Main, Germany",
                                "purpose",
                                "Servers, block and object storage",
                                "safeguard",
                                "Processing within the EU; Art. 28 contract of 3 March 2026"),
                        Map.of(
                                "name",
                                "Brevduva AB",
                                "location",
                                "Stockholm, Sweden",
                                "purpose",
                                "Transactional mail",
                                "safeguard",
                                "Processing within the EU; Art. 28 contract"),
                        Map.of(
                                "name",
                                page.equals("hostile") ? HOSTILE : "Pagewell Inc.",
                                "location",
                                "",
                                "purpose",
                                "Paging of staff on call",
                                "safeguard",
                                "Standard contractual clauses, module 2; no customer data in messages"));
    }

    @Override
    public PacketAnswer packet(String page, java.util.OptionalLong seen) {
        if (seen.isPresent() && seen.getAsLong() != 7) {
            return new PacketAnswer.Unknown("The log signed no such checkpoint.");
        }
        return page.equals("new")
                ? new PacketAnswer.Unavailable("The log has no published checkpoint yet.")
                : new PacketAnswer.Zip("PK\u0003\u0004 sample".getBytes(StandardCharsets.ISO_8859_1));
    }
}
