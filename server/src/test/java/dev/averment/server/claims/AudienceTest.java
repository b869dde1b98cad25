package dev.averment.server.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.checks.prove.Observation;
import dev.averment.claims.Audience;
import dev.averment.claims.Verdict;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.packet.Packet;
import dev.averment.evidence.packet.PacketReport.Overall;
import dev.averment.evidence.packet.PacketVerifier;
import dev.averment.evidence.packet.Trust;
import dev.averment.server.claims.PublishedPages.ChangeLine;
import dev.averment.server.claims.PublishedPages.RevisionEntry;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A claim reaches the readers that its page names, by whatever way they look, and no others. */
class AudienceTest {
    private static final String HEAD = """
            page: promises
            title: {en: "Promises"}
            authoritative: en
            asOf: 2026-11-%s
            sections:
              - {id: all, title: {en: "All"}}
            claims:
            """;

    private static final String CLAIM = """
              - id: %1$s
                section: all
                text: {en: "The %1$s sentence names records that are at most {age} old."}
                params: {age: %3$s}
                owner: security
                audience: %2$s
                checks:
                  - {id: look, type: records, every: 6h, valid: 26h, with: {register: %1$s-records}, expect: {maxAge: $age, fields: [scope], status: [done, planned]}}
                selftests:
                  - {check: look, set: {subjects: []}, verdict: unproven}
                  - {check: look, set: {subject.expires: "2020-01-01"}, verdict: failing}
            """.indent(2).replaceAll("(?m)^  ", "");

    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
    private TestDatabase database;
    private UUID workspace;
    private Integrator integrator;
    private LogReader reader;
    private Pages pages;
    private PacketMaker packets;
    private LivePages open;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open();
        var publication = new Publication(database.data(), database.logKey());
        reader = new LogReader(database.workspaces(), publication);
        workspace = database.workspace("A", "customer");
        UUID anchorLog = database.workspace("Anchor", "anchor");
        var anchor = new Anchor(database.pools().of(Role.LOG), clock, anchorLog);
        integrator = new Integrator(
                database.pools().of(Role.LOG), database.logKey(), publication, clock, 5000, anchor::offer);
        packets = new PacketMaker(reader, database.logKey(), new LogPast(reader, database.logKey(), anchor), clock);
        pages = new Pages(database.workspaces(), database.leaves(), clock, CheckTypes.installed());
        open = new LivePages(pages, reader, new RegisterStore(database.workspaces()), packets, clock, "promises");
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private static String claim(String id, String audience) {
        return claim(id, audience, "365d");
    }

    private static String claim(String id, String audience, String age) {
        return CLAIM.formatted(id, audience, age);
    }

    private void putInForce(String day, String... claims) {
        byte[] file = (HEAD.formatted(day) + String.join("", claims)).getBytes(StandardCharsets.UTF_8);
        LoadResult result = PageLoader.installed().load("promises.yaml", file, clock.instant());
        assertThat(result).as("%s", result).isInstanceOf(LoadResult.Loaded.class);
        pages.putInForce(workspace, ((LoadResult.Loaded) result).page());
    }

    private void threeClaims() throws Exception {
        putInForce("20", claim("open", "public"), claim("confided", "packet"), claim("secret", "internal"));
        observe("open", Judgement.proven("good"));
        observe("confided", Judgement.proven("good as well"));
        observe("secret", Judgement.failing("the secret reason"));
    }

    private void observe(String claim, Judgement judgement) throws Exception {
        pages.observed(
                "promises",
                new Observation(
                        claim,
                        "look",
                        "records",
                        new Facts(
                                clock.instant(),
                                List.of(new Subject("the " + claim + " record", Map.of("title", "A test"))),
                                Map.of()),
                        judgement,
                        clock.instant().plusMillis(5)));
        while (integrator.integrate() > 0) {
            // Until the queue is empty.
        }
    }

    private Map<String, byte[]> packet(Audience audience) throws Exception {
        byte[] zip =
                packets.packet(pages.state("promises").orElseThrow(), audience).orElseThrow();
        Trust trust = Trust.inLogKey(database.logKey().vkey("averment/test/w/" + workspace));
        assertThat(PacketVerifier.verify(zip, trust, clock.instant()).overall()).isEqualTo(Overall.HOLDS);
        return Packet.read(zip).files();
    }

    private static String everything(Map<String, byte[]> files) {
        var all = new StringBuilder();
        files.forEach((name, bytes) -> all.append(name)
                .append('\n')
                .append(new String(bytes, StandardCharsets.UTF_8))
                .append('\n'));
        return all.toString();
    }

    @Test
    void the_packet_for_everybody_knows_nothing_of_other_claims_in_any_file() throws Exception {
        threeClaims();
        Map<String, byte[]> files = Packet.read(open.packet("promises", java.util.OptionalLong.empty())
                        .zip()
                        .orElseThrow())
                .files();
        assertThat(files).containsKey("claims/open.json");
        assertThat(everything(files)).contains("The open sentence").doesNotContain("confided", "secret");
        assertThat(files.keySet().stream().filter(name -> name.startsWith("evidence/entries/")))
                .as("what put the page in force, and the observation")
                .hasSize(2);
    }

    @Test
    void the_packet_for_an_authorised_reader_has_the_claims_for_packets_and_none_that_is_internal() throws Exception {
        threeClaims();
        Map<String, byte[]> files = packet(Audience.PACKET);
        assertThat(files).containsKeys("claims/open.json", "claims/confided.json");
        assertThat(new String(files.get("claims/confided.json"), StandardCharsets.UTF_8))
                .contains("\"audience\": \"packet\"");
        assertThat(everything(files)).contains("The confided sentence").doesNotContain("secret");
        assertThat(everything(packet(Audience.PUBLIC))).doesNotContain("confided", "secret");
    }

    @Test
    void internal_claims_go_into_no_packet_whoever_asks() throws Exception {
        threeClaims();
        PageState state = pages.state("promises").orElseThrow();
        assertThatThrownBy(() -> packets.packet(state, Audience.INTERNAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("internal claims go into no packet");
    }

    @Test
    void a_page_without_claims_for_a_reader_has_no_packet_for_him() throws Exception {
        putInForce("20", claim("confided", "packet"));
        observe("confided", Judgement.proven("good"));
        assertThat(open.packet("promises", java.util.OptionalLong.empty()).zip())
                .isEmpty();
        assertThat(packet(Audience.PACKET)).containsKey("claims/confided.json");
    }

    @Test
    void what_is_counted_for_the_public_is_counted_without_the_others() throws Exception {
        threeClaims();
        PageState state = open.page("promises").orElseThrow();
        assertThat(state.claims()).extracting(c -> c.claim().id()).containsExactly("open");
        assertThat(state.summary()).containsEntry(Verdict.PROVEN, 1L).containsEntry(Verdict.FAILING, 0L);
        assertThat(open.history("promises", "secret", Instant.EPOCH)).isEmpty();
        assertThat(open.histories("promises", Instant.EPOCH)).containsOnlyKeys("open");
        assertThat(open.observation("promises", "confided", "look")).isEmpty();
    }

    @Test
    void the_file_of_a_revision_is_an_excerpt_with_a_digest_of_its_own() throws Exception {
        threeClaims();
        byte[] file = open.revision("promises", 1).orElseThrow().source();
        assertThat(new String(file, StandardCharsets.UTF_8))
                .contains("The open sentence")
                .doesNotContain("confided", "secret");
        assertThat(open.revisions("promises"))
                .singleElement()
                .extracting(RevisionEntry::sha256)
                .isEqualTo(Hash.sha256(file).hex());
        assertThat(packet(Audience.PUBLIC).get("page.yaml")).isEqualTo(file);
    }

    @Test
    void changes_of_other_claims_are_not_told_and_those_of_public_ones_stay() {
        putInForce("20", claim("open", "public"), claim("confided", "packet"), claim("secret", "internal"));
        clock.step(Duration.ofDays(1));
        putInForce("21", claim("open", "public", "730d"), claim("confided", "packet", "730d"));
        assertThat(pages.revisions(pages.state("promises").orElseThrow())
                        .getFirst()
                        .lines())
                .extracting(ChangeLine::claim)
                .contains("open", "confided", "secret");
        assertThat(open.revisions("promises").getFirst().lines())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.claim()).isEqualTo("open");
                    assertThat(line.kind()).isEqualTo("loosened");
                    assertThat(line.permanent()).isTrue();
                });
    }

    @Test
    void a_claim_that_is_taken_from_the_public_is_withdrawn_and_its_new_sentence_is_not_told() {
        putInForce("20", claim("open", "public"), claim("second", "public"));
        clock.step(Duration.ofDays(1));
        putInForce("21", claim("open", "public"), claim("second", "internal", "730d"));
        assertThat(open.revisions("promises").getFirst().lines())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.kind()).isEqualTo("withdrawn");
                    assertThat(line.before()).contains("365 days");
                    assertThat(line.after()).isNull();
                    assertThat(line.permanent()).isTrue();
                });
    }

    @Test
    void a_claim_that_is_opened_to_the_public_is_new_to_it() {
        putInForce("20", claim("open", "public"), claim("second", "internal"));
        clock.step(Duration.ofDays(1));
        putInForce("21", claim("open", "public"), claim("second", "public", "730d"));
        assertThat(open.revisions("promises").getFirst().lines())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.kind()).isEqualTo("added");
                    assertThat(line.before()).isNull();
                    assertThat(line.after()).contains("second sentence");
                    assertThat(line.permanent()).isFalse();
                });
    }
}
