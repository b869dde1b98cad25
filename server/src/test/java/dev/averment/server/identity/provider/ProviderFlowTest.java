package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.fixture.Browser;
import dev.averment.server.fixture.Browser.Seen;
import dev.averment.server.fixture.LocalProvider;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with a real OpenID provider, from the button to the session. */
class ProviderFlowTest {
    @TempDir
    private static Path folder;

    private static LocalProvider provider;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        provider = LocalProvider.start(folder.resolve("provider"));
        Path data = Files.createDirectories(folder.resolve("data"));
        provider.configure(data, "local");
        server = RunningServer.start(data);
        provider.register(server.port(), "local");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        provider.close();
    }

    private static String here() {
        return "https://localhost:" + server.port();
    }

    private static Browser browser() throws Exception {
        return new Browser(server.server().dataFolder().resolve("tls/ca.crt"), provider.authority());
    }

    @Test
    void somebody_whose_address_the_provider_confirms_gets_an_account_and_a_session() throws Exception {
        Browser browser = browser();
        Seen form = browser.open(here() + "/sign-in/with/local?next=/workspaces");
        assertThat(form.address().toString()).startsWith(provider.issuer());
        Seen end = LocalProvider.signIn(browser, form, "ada");
        assertThat(end.address().getPath()).as(end.toString()).isEqualTo("/workspaces");
        assertThat(browser.cookie("localhost", "__Host-session")).isPresent();
        assertThat(browser.open(here() + "/api/v1/account").body()).contains("\"email\":\"ada@provider.test\"");
        assertThat(browser.cookie("localhost", "__Host-flow")).isEmpty();

        Seen again = browser().open(here() + "/sign-in/with/local");
        assertThat(again.body()).as("another browser is asked by the provider").contains("password");
        browser.open(here() + "/sign-in/with/local?next=/settings");
        assertThat(browser.open(here() + "/api/v1/account/sessions").body())
                .as("the same browser comes in again")
                .contains("\"factors\":[\"provider\"]");
    }

    @Test
    void an_address_that_the_provider_has_not_confirmed_makes_no_account() throws Exception {
        Browser browser = browser();
        Seen end = LocalProvider.signIn(browser, browser.open(here() + "/sign-in/with/local"), "eve");
        assertThat(end.status()).isEqualTo(409);
        assertThat(end.body()).contains("does not say that your mail address is confirmed");
        assertThat(browser.cookie("localhost", "__Host-session")).isEmpty();
    }

    @Test
    void who_has_a_password_here_links_and_comes_in_by_either_way() throws Exception {
        Person person = Person.signedIn(server);
        RunningServer.Answer begun =
                person.send("POST", "/api/v1/account/links", "provider", "local", "to", "/pages/self");
        Browser browser = browser();
        browser.putCookie(
                "localhost", "__Host-flow", Person.cookie(begun, "__Host-flow").orElseThrow(), "Lax");
        Seen form = browser.led(here(), Person.member(begun, "location"));
        assertThat(LocalProvider.signIn(browser, form, "bob").address().getPath())
                .isEqualTo("/pages/self");
        assertThat(browser.cookie("localhost", "__Host-session"))
                .as("a link is no sign-in")
                .isEmpty();
        // More is asked for than for a link, so the provider asks its person again.
        Seen consent = browser.open(here() + "/sign-in/with/local?next=/workspaces");
        browser.submit(consent, Map.of());
        assertThat(browser.open(here() + "/api/v1/account").body()).contains(person.email);
        assertThat(person.signIn().status()).isEqualTo(200);
    }
}
