package dev.averment.cli.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.cli.Exit;
import dev.averment.cli.Ran;
import dev.averment.cli.TestSite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    Path folder;

    @Test
    void the_draft_claims_what_holds_says_what_does_not_and_is_proven_at_once() throws Exception {
        try (TestSite site = new TestSite(folder, Map.of())) {
            Ran init = Ran.aver(null, "init", site.targetFile().toString());
            assertThat(init.exit()).as(init.err()).isEqualTo(Exit.HOLDS);
            assertThat(init.out())
                    .contains("id: transport-tls-12")
                    .doesNotContain("id: transport-tls-13")
                    .contains("id: links-open")
                    .contains("# Tried, and not claimed:")
                    .contains("#   content-policy, failing: ")
                    .doesNotContain("id: content-policy");
            assertThat(init.out())
                    .as("its own header can succeed")
                    .contains("./aver prove THIS-FILE --target " + site.targetFile() + "\n");
            Path page = Files.writeString(folder.resolve("page.yaml"), init.out());
            Ran prove = Ran.aver(
                    null,
                    "prove",
                    page.toString(),
                    "--target",
                    site.targetFile().toString());
            assertThat(prove.exit()).as(prove.out()).isEqualTo(Exit.HOLDS);
        }
    }

    @Test
    void a_site_that_is_not_there_could_not_be_told() {
        Ran ran = Ran.aver(null, "init", "https://localhost:1");
        assertThat(ran.exit()).as(ran.err()).isEqualTo(Exit.COULD_NOT_TELL);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("could not be looked at");
    }

    @Test
    void what_is_no_https_address_is_wrong_use() {
        for (String address : List.of("example.org", "http://example.org", "https://", "https://a b")) {
            Ran ran = Ran.aver(null, "init", address);
            assertThat(ran.exit()).as(address).isEqualTo(Exit.WRONG_USE);
            assertThat(ran.err()).as(address).contains("https://example.org");
        }
    }

    @Test
    void a_login_in_the_address_is_wrong_use_and_is_not_repeated() {
        for (String address : List.of("https://me:hunter2@example.org", "https://hunter2@example.org/a b")) {
            Ran ran = Ran.aver(null, "init", address);
            assertThat(ran.exit()).as(address).isEqualTo(Exit.WRONG_USE);
            assertThat(ran.err()).contains("holds a login").doesNotContain("hunter2");
        }
    }

    @Test
    void the_draft_of_every_candidate_is_a_page_whatever_the_host_is_called() {
        for (String host : List.of("example.org", "www.example.org:8443", "[::1]:443", "192.0.2.1", "x--y.example")) {
            String yaml = new DraftPage(host, LocalDate.of(2026, 11, 22)).yaml(Candidate.all(), List.of());
            assertThat(PageLoader.installed()
                            .load(
                                    "draft",
                                    yaml.getBytes(StandardCharsets.UTF_8),
                                    Instant.parse("2026-11-22T12:00:00Z")))
                    .as(host)
                    .isInstanceOf(LoadResult.Loaded.class);
        }
    }
}
