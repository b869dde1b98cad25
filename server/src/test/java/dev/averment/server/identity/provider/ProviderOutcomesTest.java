package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Browser;
import dev.averment.server.fixture.Person;
import dev.averment.server.identity.event.AuthOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can become of a sign-in with others leaves one entry, and what its person has to know is mailed. */
class ProviderOutcomesTest {
    private final Set<AuthOutcome> seen = EnumSet.noneOf(AuthOutcome.class);

    private interface Act {
        Object done() throws Exception;
    }

    /** Does something, and demands that these entries and no others came of it. */
    private void causes(ProviderScene scene, String email, Act act, AuthOutcome... outcomes) throws Exception {
        scene.entries.now();
        int mailed = scene.mails(email).size();
        Object did = act.done();
        List<String> after = scene.entries.since();
        assertThat(after).as(String.valueOf(did)).hasSize(outcomes.length);
        for (AuthOutcome outcome : outcomes) {
            assertThat(after).anyMatch(entry -> entry.contains(ProviderEntries.of(outcome)));
        }
        boolean told = Arrays.stream(outcomes).anyMatch(AuthOutcome::notified);
        assertThat(scene.mails(email).size() - mailed).as("mails of " + after).isEqualTo(told ? 1 : 0);
        assertThat(String.join("", after)).doesNotContain(email, scene.provider.subject, "Nora");
        seen.addAll(List.of(outcomes));
    }

    @Test
    @Asvs({"16.3.1", "6.3.7"})
    void every_outcome_leaves_one_entry_and_tells_its_person(@TempDir Path folder) throws Exception {
        try (var scene = new ProviderScene(folder)) {
            var provider = scene.provider;
            Browser nora = scene.browser();
            causes(
                    scene,
                    provider.email(),
                    () -> scene.signIn(nora, "acme"),
                    AuthOutcome.PROVIDER_SIGNED_UP,
                    AuthOutcome.SIGNED_IN);
            causes(
                    scene,
                    provider.email(),
                    () -> scene.signIn(scene.browser(), "acme"),
                    AuthOutcome.PROVIDER_ACCEPTED,
                    AuthOutcome.SIGNED_IN);
            String link = "/api/v1/account/links/"
                    + scene.linkId(scene.withCookie("GET", "/api/v1/account/links", nora)
                            .body());
            causes(
                    scene,
                    provider.email(),
                    () -> scene.withCookie("DELETE", link, nora),
                    AuthOutcome.PROVIDER_UNLINK_REFUSED);

            Person person = Person.signedIn(scene.server);
            causes(scene, person.email, () -> scene.link(person), AuthOutcome.PROVIDER_LINK_REFUSED);
            provider.honest();
            causes(scene, person.email, () -> scene.link(person), AuthOutcome.PROVIDER_LINKED);
            String own = "/api/v1/account/links/"
                    + scene.linkId(person.get("/api/v1/account/links").body());
            causes(scene, person.email, () -> person.delete(own), AuthOutcome.PROVIDER_UNLINKED);

            provider.claims = c -> c.claim("email", person.email);
            causes(scene, person.email, () -> scene.signIn(scene.browser(), "acme"), AuthOutcome.PROVIDER_UNMATCHED);
            provider.claims = c -> c.issuer("https://elsewhere.example");
            causes(scene, person.email, () -> scene.signIn(scene.browser(), "acme"), AuthOutcome.PROVIDER_REFUSED);
            provider.honest();
            provider.error = "access_denied";
            causes(scene, person.email, () -> scene.signIn(scene.browser(), "acme"), AuthOutcome.PROVIDER_DECLINED);
            provider.honest();
            scene.clock.skip(Duration.ofHours(2));
            provider.keys = e -> {
                e.sendResponseHeaders(500, -1);
                e.close();
            };
            causes(scene, person.email, () -> scene.signIn(scene.browser(), "acme"), AuthOutcome.PROVIDER_BROKEN);

            Browser busy = scene.browser();
            causes(
                    scene,
                    person.email,
                    () -> {
                        for (int i = 0;
                                busy.openOnly(scene.here() + "/sign-in/with/acme")
                                                .status()
                                        == 303;
                                i++) {
                            assertThat(i).as("starts without end").isLessThan(400);
                        }
                        return "one entry, however often it is tried, wherever";
                    },
                    AuthOutcome.PROVIDER_LIMITED);
            causes(scene, person.email, () -> {
                for (String step : List.of("", "/return?state=x&code=y", "/continue")) {
                    assertThat(busy.openOnly(scene.here() + "/sign-in/with/acme" + step)
                                    .status())
                            .as(step)
                            .isEqualTo(429);
                }
                return "nothing more";
            });
        }
        assertThat(seen)
                .containsAll(Arrays.stream(AuthOutcome.values())
                        .filter(o -> o.name().startsWith("PROVIDER"))
                        .collect(Collectors.toSet()));
    }
}
