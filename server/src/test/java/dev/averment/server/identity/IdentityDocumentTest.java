package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.claims.Durations;
import dev.averment.claims.Page;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.password.PasswordPolicy;
import dev.averment.server.identity.password.PasswordRules;
import dev.averment.server.identity.password.Scheme;
import dev.averment.server.identity.purge.PurgeWindows;
import dev.averment.server.identity.session.KeyRing;
import dev.averment.server.identity.session.SessionPolicy;
import dev.averment.server.identity.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/identity.md states is what the code does: figures are compared with the objects that enforce them. */
class IdentityDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "identity.md");

    private static String section(String title) throws IOException {
        String text = Files.readString(DOCUMENT);
        int start = text.indexOf("\n## " + title + "\n");
        assertThat(start).as("section " + title).isPositive();
        int end = text.indexOf("\n## ", start + 4);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    /** The rows of the first table of a section, without its head. */
    private static List<List<String>> table(String title) throws IOException {
        return section(title)
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<String> quoted(String text) {
        return Pattern.compile("`([^`]+)`")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    private static Page silent() throws IOException {
        LoadResult result = PageLoader.installed()
                .load(
                        "self.yaml",
                        Files.readString(Path.of("..", "pages", "self.yaml"))
                                .replaceFirst("(?m)^  sessions: .*\n", "")
                                .replaceFirst("(?m)^  retention: .*\n", "")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        InstantSource.system().instant());
        return result instanceof LoadResult.Loaded loaded ? loaded.page() : null;
    }

    private static Duration life(String row) throws IOException {
        return table("Lives").stream()
                .filter(cells -> cells.getFirst().contains(row))
                .map(cells -> Durations.parse(cells.get(1)).orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Asvs({"6.1.1", "8.1.3", "8.1.4"})
    void every_limit_is_listed_with_its_figures() throws Exception {
        Map<String, String> stated = new LinkedHashMap<>();
        for (List<String> cells : table("Limits")) {
            stated.put(quoted(cells.getFirst()).getFirst(), cells.get(3));
        }
        Map<String, String> enforced = new LinkedHashMap<>();
        IdentityLimits.OURS.forEach(
                limit -> enforced.put(limit.name(), limit.count() + "/" + Durations.write(limit.window())));
        assertThat(stated).containsExactlyInAnyOrderEntriesOf(enforced);
    }

    @Test
    @Asvs("7.1.1")
    void lives_of_sessions_are_those_of_the_policy_where_the_page_is_silent() throws Exception {
        SessionPolicy policy = SessionPolicy.of(silent());
        assertThat(life("access token")).isEqualTo(policy.accessToken());
        assertThat(life("session that is not used")).isEqualTo(policy.idle());
        assertThat(life("session, however busy")).isEqualTo(policy.absolute());
        assertThat(life("grace")).isEqualTo(policy.grace());
        assertThat(life("`fresh`")).isEqualTo(policy.fresh());
        assertThat(life("signing key")).isEqualTo(KeyRing.LIFE);
    }

    @Test
    @Asvs("7.1.2")
    void the_number_of_sessions_is_stated() throws Exception {
        assertThat(section("Lives")).contains("An account has " + Sessions.MOST + " open sessions at most");
    }

    @Test
    @Asvs("14.2.7")
    void windows_of_the_purge_are_stated() throws Exception {
        PurgeWindows windows = PurgeWindows.of(silent());
        assertThat(table("What goes, and when").stream()
                        .limit(3)
                        .map(cells -> Durations.parse(cells.get(1)).orElseThrow()))
                .containsExactly(windows.sessions(), windows.links(), windows.addresses());
    }

    /** What is listed is refused, and what the code refuses is listed. */
    @Test
    @Asvs("6.1.2")
    void the_words_that_make_no_password_are_listed() throws Exception {
        List<String> listed = quoted(section("Words that make no password"));
        assertThat(listed).isEqualTo(PasswordRules.contextWords());
        var rules = new PasswordRules(new PasswordPolicy(new Scheme.Argon2id(19 * 1024, 2, 1)));
        String made = String.join("-", listed);
        assertThat(rules.refusal(made.substring(0, Math.min(made.length(), 60)), List.of(), false))
                .contains(PasswordRules.Refusal.GUESSABLE);
    }

    @Test
    @Asvs({"6.1.3", "6.3.4", "6.3.6"})
    void every_way_in_is_listed_and_there_are_no_others() throws Exception {
        Set<String> listed = new TreeSet<>();
        table("Ways in, and how strong each is").forEach(cells -> listed.addAll(quoted(cells.getFirst())));
        Set<String> built = new TreeSet<>(Stream.concat(
                        Stream.of("password"), Arrays.stream(Method.values()).map(Method::word))
                .toList());
        assertThat(listed).isEqualTo(built);
        assertThat(listed).noneMatch(way -> way.contains("mail"));
        List<String> strengths = new ArrayList<>();
        table("Ways in, and how strong each is").forEach(cells -> strengths.add(cells.get(2)));
        assertThat(strengths).allMatch(strength -> strength.contains("factor"));
    }
}
