package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.fixture.Browser;
import dev.averment.server.fixture.Browser.Seen;
import dev.averment.server.fixture.LocalProvider;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Path;
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
        Path data = java.nio.file.Files.createDirectories(folder.resolve("data"));
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
        Seen form = browser.open(here() + "/sign-in/with/local?to=/console");
        assertThat(form.address().toString()).startsWith(provider.issuer());
        Seen end = LocalProvider.signIn(browser, form, "ada");
        assertThat(end.address().getPath()).as(end.toString()).isEqualTo("/console");
        assertThat(browser.cookie("localhost", "__Host-session")).isPresent();
        assertThat(browser.open(here() + "/api/v1/account").body()).contains("\"email\":\"ada@provider.test\"");
        assertThat(browser.cookie("localhost", "__Host-flow")).isEmpty();
    }
}
