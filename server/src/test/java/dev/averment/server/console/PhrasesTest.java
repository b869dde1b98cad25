package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.console.flow.Alerting;
import dev.averment.server.console.flow.Flow;
import dev.averment.server.console.flow.Trouble;
import dev.averment.server.identity.password.PasswordRules;
import dev.averment.server.identity.workspace.MemberRole;
import dev.averment.server.identity.workspace.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages say: in both languages, and for everything that identity refuses. */
class PhrasesTest {
    private static final Pattern PLACE = Pattern.compile("%[a-z]");
    private static final Pattern SLUG = Pattern.compile("new Refusal\\.(?:Invalid|Conflict)\\(\\s*\"([a-z-]+)\"");

    private static List<Phrase> all() {
        return Stream.of(
                        Talk.values(),
                        Entry.values(),
                        Own.values(),
                        Work.values(),
                        Done.values(),
                        Mistake.values(),
                        Flow.values(),
                        Trouble.values(),
                        Alerting.values())
                .flatMap(Arrays::stream)
                .map(Phrase.class::cast)
                .toList();
    }

    @Test
    void each_phrase_has_the_same_places_in_both_languages() {
        assertThat(all()).hasSizeGreaterThan(150).allSatisfy(phrase -> {
            assertThat(phrase.en()).isNotBlank();
            assertThat(phrase.de()).isNotBlank();
            assertThat(PLACE.matcher(phrase.de()).results().map(r -> r.group()))
                    .as(phrase.en())
                    .containsExactlyElementsOf(PLACE.matcher(phrase.en())
                            .results()
                            .map(r -> r.group())
                            .toList());
        });
    }

    @Test
    void each_refusal_of_identity_has_words_here() throws IOException {
        var slugs = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/averment/server/identity"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                SLUG.matcher(Files.readString(file)).results().forEach(r -> slugs.add(r.group(1)));
            }
        }
        // The interface alone takes scopes and lives as text.
        slugs.remove("bad-token");
        assertThat(slugs)
                .hasSizeGreaterThan(8)
                .allSatisfy(slug -> assertThat(Mistake.of(slug)).as(slug).isPresent());
        for (PasswordRules.Refusal refusal : PasswordRules.Refusal.values()) {
            assertThat(Mistake.of(refusal.slug())).as(refusal.slug()).isPresent();
        }
    }

    @Test
    void each_role_and_scope_has_a_name() {
        for (MemberRole role : MemberRole.values()) {
            assertThat(Work.role(role).de()).isNotBlank();
            assertThat(Work.means(role).de()).isNotBlank();
        }
        for (Permission permission : Permission.values()) {
            if (permission.delegable()) {
                assertThat(Work.scope(permission).de()).isNotBlank();
            }
        }
    }

    @Test
    void what_was_done_is_named_by_a_word_of_the_list_and_no_other() {
        for (Done done : Done.values()) {
            assertThat(Done.of(done.word())).contains(done);
        }
        assertThat(Done.of("<b>")).isEmpty();
        assertThat(Done.of(null)).isEmpty();
    }
}
