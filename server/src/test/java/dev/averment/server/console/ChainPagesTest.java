package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An owner says in the browser who is asked next and when people are at work; others read it. */
@Timeout(600)
class ChainPagesTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(ConsoleBrowser.CHROMIUM), "chromium is missing");
        server = RunningServer.start(data);
        browser = new ConsoleBrowser(server);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static JsonObject read(Person owner, String path) throws Exception {
        return Json.parseObject(owner.get("/api/v1" + path).body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Asvs({"8.2.1", "8.4.1"})
    void an_owner_writes_the_chain_and_the_calendar_and_a_viewer_reads_them() throws Exception {
        Person ada = Person.signedIn(server);
        String base = "/workspaces/" + Person.member(ada.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
        String account = Person.member(ada.get("/api/v1/account"), "id");
        String channel = Person.member(
                ada.send(
                        "/api/v1" + base + "/channels",
                        JsonObject.of(
                                "kind",
                                "email",
                                "name",
                                "Mail",
                                "settings",
                                JsonObject.of("to", List.of("ops@example.org")))),
                "id");
        BrowserContext context = browser.context(new Browser.NewContextOptions().setBypassCSP(true));
        Page page = browser.open(context);
        ConsoleBrowser.signIn(page, ada);
        String chain = "form[action$='/escalation'] [type=submit]";
        page.navigate(base + "/escalation");
        page.fill("#after1", "soon");
        page.check("input[value='1:c:" + channel + "']");
        ConsoleBrowser.submit(page, chain);
        assertThat(page.locator("#after1-mistake").textContent()).startsWith("This is no time span.");
        assertThat(page.isChecked("input[value='1:c:" + channel + "']")).isTrue();
        page.fill("#after1", "15m");
        ConsoleBrowser.submit(page, chain);
        page.fill("#after2", "10m");
        page.check("input[value='2:p:" + account + "']");
        ConsoleBrowser.submit(page, chain);
        assertThat(page.locator(".said.is-wrong").textContent()).contains("Each step comes after the one before");
        page.fill("#after2", "1h");
        ConsoleBrowser.submit(page, chain);
        assertThat(page.locator(".said").textContent()).startsWith("The steps are saved");
        List<JsonObject> steps = read(ada, base + "/escalation").array("steps").objects();
        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().array("channels").strings()).containsExactly(channel);
        assertThat(steps.getLast().array("people").strings()).containsExactly(account);

        page.fill("#week", "always");
        ConsoleBrowser.submit(page, "form[action$='/calendar'] [type=submit]");
        assertThat(page.locator(".said.is-wrong").textContent()).contains("are no working hours");
        page.fill("#zone", "Europe/Berlin");
        page.fill("#region", "DE-BY");
        page.fill("#week", "mo-th 09:00-17:00; fr 09:00-15:00");
        page.fill("#closures", "2026-12-24 2026-12-31");
        ConsoleBrowser.submit(page, "form[action$='/calendar'] [type=submit]");
        assertThat(read(ada, base + "/calendar").string("week")).isEqualTo("mo-th 09:00-17:00; fr 09:00-15:00");
        var tour = new Tour(390, 1440);
        tour.look(page, "chain");
        page.navigate(base + "/escalation?lang=de");
        tour.look(page, "chain-de");
        page.fill("#after1", "");
        ConsoleBrowser.submit(page, chain);
        assertThat(read(ada, base + "/escalation").array("steps").objects()).hasSize(1);
        context.close();

        Person vera = Person.signedIn(server);
        ada.send("POST", "/api/v1" + base + "/invitations", "email", vera.email, "role", "viewer");
        vera.send("POST", "/api/v1/account/invitations", "code", vera.mailedInvitation());
        BrowserContext reading = browser.context(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page seen = browser.open(reading);
        ConsoleBrowser.signIn(seen, vera);
        seen.navigate(base + "/escalation");
        assertThat(seen.locator("main form").count()).isZero();
        assertThat(seen.locator("ol.steps li").allTextContents())
                .singleElement()
                .asString()
                .startsWith("1h: all channels");
        assertThat(seen.locator("dl").textContent()).contains("DE-BY", "Europe/Berlin");
        reading.close();
        BrowserContext outside = browser.context(new Browser.NewContextOptions());
        Page outsider = browser.open(outside);
        ConsoleBrowser.signIn(outsider, Person.signedIn(server));
        assertThat(outsider.navigate(base + "/escalation").status()).isEqualTo(404);
        outside.close();
        assertThat(browser.complaints).isEmpty();
    }
}
