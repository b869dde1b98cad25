package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.averment.server.fixture.HostileProvider;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages around providers as people see them, from the button to the link, the proof and the refusals. */
class ProviderTourTest {
    @Test
    void the_way_through_a_provider_is_readable_in_both_languages(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(ConsoleBrowser.CHROMIUM), "chromium is missing");
        Path data = Files.createDirectories(folder.resolve("data"));
        try (HostileProvider acme = HostileProvider.start(folder.resolve("acme"));
                HostileProvider google = HostileProvider.start(folder.resolve("google"))) {
            acme.configure(data, "acme", "generic", "name=Acme Identity");
            google.configure(data, "google", "google");
            try (RunningServer server = RunningServer.start(data);
                    var browser = new ConsoleBrowser(server)) {
                var tour = new Tour(390, 1440);
                var context = browser.context(
                        new Browser.NewContextOptions().setBypassCSP(true).setIgnoreHTTPSErrors(true));
                Page page = browser.open(context);

                page.navigate("/sign-in");
                tour.look(page, "provider-buttons");
                page.navigate("/sign-in/with/acme/continue");
                tour.look(page, "provider-refused");
                page.navigate("/sign-in?lang=de");
                acme.error = "access_denied";
                page.click("a[href^='/sign-in/with/acme']");
                page.waitForURL("**/return**");
                tour.look(page, "provider-declined-de");
                assertThat(page.content()).contains("Das ist nicht geschehen");
                acme.honest();

                acme.asked = null;
                page.navigate("/sign-in");
                page.click("a[href^='/sign-in/with/acme']");
                page.waitForURL("**/workspaces");
                page.navigate("/settings/security");
                tour.look(page, "provider-links-de");
                assertThat(page.locator("a[href^='/settings/security/links/with/']")
                                .allInnerTexts())
                        .as("what is linked is not offered again")
                        .containsExactly("Google verknüpfen");
                page.navigate("/settings/security?lang=en");
                tour.look(page, "provider-links");
                page.click("a[href^='/settings/security/links/'][href$='/removal']");
                page.waitForURL("**/proof?next=**");
                tour.look(page, "provider-proof");
                page.click("a[href^='/proof/with/acme']");
                page.waitForURL("**/continue");
                assertThat(page.content()).contains("does not say that it has just asked");
                tour.look(page, "provider-proof-refused");
                acme.asked = java.time.Instant::now;
                page.navigate("/settings/security");
                page.click("a[href^='/settings/security/links/'][href$='/removal']");
                page.waitForURL("**/proof?next=**");
                page.click("a[href^='/proof/with/acme']");
                page.waitForURL("**/removal");
                tour.look(page, "provider-removal");
                context.close();
            }
        }
    }
}
