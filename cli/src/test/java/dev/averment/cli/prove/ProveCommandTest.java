package dev.averment.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.averment.cli.Exit;
import dev.averment.cli.Ran;
import dev.averment.cli.TestSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProveCommandTest {
    private static final String HEAD = """
            page: sample
            title: Security at Sample
            authoritative: en
            asOf: 2026-03-01
            sections:
              - {id: data, title: Data}
            claims:
            """;
    private static final String TLS = """
              - id: tls
                section: data
                text: "Connections use TLS {tls}."
                params: {tls: "1.2"}
                owner: platform
                checks:
                  - {id: handshakes, type: tls-versions, every: 1h, valid: 3h, expect: {min: $tls}}
            """;
    private static final String HEADER = """
              - id: policy
                section: data
                text: Every answer carries a policy.
                owner: platform
                checks:
                  - {id: headers, type: http-headers, every: 1h, valid: 3h, expect: {headers: {content-security-policy: present}}}
            """;
    private static final String PLANNED = """
              - id: drills
                section: data
                text: Backups are restored.
                owner: platform
                checks:
                  - {id: stored, type: restore-drill, every: 1h, valid: 3h}
            """;

    @TempDir
    static Path folder;

    private static TestSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static Ran prove(String page, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("page.yaml"), page);
        String[] args = new String[more.length + 4];
        args[0] = "prove";
        args[1] = file.toString();
        args[2] = "--target";
        args[3] = site.targetFile().toString();
        System.arraycopy(more, 0, args, 4, more.length);
        return Ran.aver(null, args);
    }

    @Test
    void a_page_whose_claims_are_proven_holds() throws IOException {
        Ran ran = prove(HEAD + TLS);
        assertThat(ran.exit()).as(ran.err() + ran.out()).isEqualTo(Exit.HOLDS);
        assertThat(ran.out().lines().findFirst())
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith("● proven").contains("tls", "Connections use TLS 1.2."));
        assertThat(ran.out()).contains("1 proven").contains("exit 0").contains("test site");
    }

    @Test
    void a_failing_claim_fails_the_page_with_its_reason_and_the_marks_differ_in_shape() throws IOException {
        Ran ran = prove(HEAD + TLS + HEADER);
        assertThat(ran.exit()).isEqualTo(Exit.DOES_NOT_HOLD);
        assertThat(ran.out())
                .contains("● proven")
                .contains("■ failing")
                .contains("exit 1")
                .doesNotContain("\u001b");
    }

    @Test
    void a_planned_check_type_is_counted_on_the_last_line() throws IOException {
        Ran ran = prove(HEAD + TLS + PLANNED);
        assertThat(ran.exit()).isEqualTo(Exit.DOES_NOT_HOLD);
        assertThat(ran.out().lines().reduce((first, last) -> last).orElseThrow())
                .contains("1 of the claims waits for a check type not built yet");
    }

    @Test
    void progress_goes_to_standard_error_alone() throws IOException {
        Ran ran = prove(HEAD + TLS, "--format", "json");
        assertThat(ran.err()).contains("1/1  tls/handshakes  proven");
        assertThat(ran.out()).startsWith("{").doesNotContain("1/1");
    }

    @Test
    void json_is_as_its_schema_says() throws IOException {
        Ran ran = prove(HEAD + TLS + HEADER + PLANNED, "--format", "json");
        String schema = new String(
                ProveCommand.class.getResourceAsStream("proof.schema.json").readAllBytes(), StandardCharsets.UTF_8);
        var validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON);
        assertThat(validator.validate(ran.out(), InputFormat.JSON)).isEmpty();
        assertThat(validator.validate(ran.out().replace("\"summary\"", "\"sumary\""), InputFormat.JSON))
                .as("the schema can say no")
                .isNotEmpty();
    }

    @Test
    void a_refused_page_names_every_problem_by_file_line_and_column() throws IOException {
        Ran ran = prove(HEAD + TLS.replace("tls-versions", "tls-version") + "  - {id: X}\n");
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).containsPattern("page.yaml:\\d+:\\d+: ").contains("refused");
    }

    @Test
    void an_unknown_check_type_is_refused_with_a_suggestion() throws IOException {
        Ran ran = prove(HEAD + TLS.replace("tls-versions", "tls-version"));
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.err()).contains("tls-versions").contains("page.yaml:14:26: ");
    }

    @Test
    void no_page_file_a_folder_and_something_too_large_are_wrong_use() throws IOException {
        assertThat(Ran.aver(null, "prove", folder.resolve("none.yaml").toString()))
                .satisfies(ran -> assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE))
                .satisfies(ran -> assertThat(ran.err()).contains("no page file").contains("aver init"));
        assertThat(Ran.aver(null, "prove", folder.toString()).err()).contains("is a folder");
        Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertThat(Ran.aver(null, "prove", large.toString()).err()).contains("larger than 1 MiB");
    }

    @Test
    void a_target_that_is_nothing_is_wrong_use() throws IOException {
        Path page = Files.writeString(folder.resolve("other.yaml"), HEAD + TLS);
        for (String target : new String[] {"nothing-here", "http://example.org", "https://", "ftp://example.org"}) {
            Ran ran = Ran.aver(null, "prove", page.toString(), "--target", target);
            assertThat(ran.exit()).as(target).isEqualTo(Exit.WRONG_USE);
            assertThat(ran.err()).as(target).contains("https");
        }
    }

    @Test
    void a_refused_target_file_names_its_lines() throws IOException {
        Path page = Files.writeString(folder.resolve("other.yaml"), HEAD + TLS);
        Path target = Files.writeString(folder.resolve("bad-target.yaml"), "target: x\nwebb: {}\n");
        Ran ran = Ran.aver(null, "prove", page.toString(), "--target", target.toString());
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.err()).contains("bad-target.yaml:2: ").contains("webb");
    }

    @Test
    void a_data_folder_without_a_server_could_not_tell() throws IOException {
        Path page = Files.writeString(folder.resolve("other.yaml"), HEAD + TLS);
        Path data = Files.createDirectories(folder.resolve("data"));
        Ran ran = Ran.aver(null, "prove", page.toString(), "--target", data.toString());
        assertThat(ran.exit()).isEqualTo(Exit.COULD_NOT_TELL);
        assertThat(ran.err()).contains("./aver up --data " + data);
    }

    @Test
    void a_server_under_another_page_is_not_proof_of_this_one() throws IOException {
        Path page = Files.writeString(folder.resolve("other.yaml"), HEAD + TLS);
        Path data = Files.createDirectories(folder.resolve("others-data/run")).getParent();
        Files.writeString(
                data.resolve("run/instance.json"),
                "{\"page\": \"else\", \"pid\": " + ProcessHandle.current().pid() + "}");
        Ran ran = Ran.aver(null, "prove", page.toString(), "--target", data.toString());
        assertThat(ran.exit()).isEqualTo(Exit.WRONG_USE);
        assertThat(ran.err()).contains("enforces the page else");
    }

    @Test
    void what_a_dead_server_left_behind_is_no_server() throws IOException {
        Path data = Files.createDirectories(folder.resolve("dead-data/run")).getParent();
        Files.writeString(data.resolve("run/instance.json"), "{\"page\": \"sample\", \"pid\": 999999999}");
        Path page = Files.writeString(folder.resolve("other.yaml"), HEAD + TLS);
        assertThat(Ran.aver(null, "prove", page.toString(), "--target", data.toString())
                        .exit())
                .isEqualTo(Exit.COULD_NOT_TELL);
    }

    @Test
    void a_site_that_is_not_there_could_not_be_told() throws IOException {
        Path page = Files.writeString(folder.resolve("other.yaml"), HEAD + TLS);
        Ran ran = Ran.aver(null, "prove", page.toString(), "--target", "https://localhost:1");
        assertThat(ran.exit()).isEqualTo(Exit.COULD_NOT_TELL);
        assertThat(ran.out()).contains("○ unproven").contains("exit 3");
        assertThat(ran.err()).contains("nothing could be looked at");
    }
}
