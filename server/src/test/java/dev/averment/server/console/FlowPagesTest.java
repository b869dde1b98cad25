package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team watches a workflow in the browser: it is made, it runs, it breaks, it is taken care of. */
class FlowPagesTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static ConsoleBrowser browser;
    private static Tour tour;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(ConsoleBrowser.CHROMIUM), "chromium is missing");
        server = RunningServer.start(data);
        browser = new ConsoleBrowser(server);
        tour = new Tour(390, 1440);
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

    private static void look(Page page, String name) throws IOException {
        tour.look(page, name);
    }

    private static void ping(String address, String body) throws Exception {
        var answer = server.body("POST", URI.create(address).getPath(), "text/plain", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void a_workflow_is_made_runs_breaks_and_is_taken_care_of() throws Exception {
        BrowserContext context = browser.context(new Browser.NewContextOptions().setBypassCSP(true));
        Page page = browser.open(context);
        Person ada = Person.signedIn(server);
        ConsoleBrowser.signIn(page, ada);
        page.navigate("/workspaces");
        page.fill("#name", "Analytical Engines");
        ConsoleBrowser.submit(page, "form[action='/workspaces'] [type=submit]");
        String base = "/workspaces/" + page.url().replaceAll(".*/workspaces/|\\?.*", "");

        page.navigate(base + "/overview");
        assertThat(page.locator(".empty").textContent()).contains("Nothing is watched yet.");
        look(page, "overview-none");
        page.navigate(base + "/monitors/new");
        page.fill("#name", "Nightly backup");
        page.fill("#schedule", "61 * * * *");
        page.fill("#most", "soon");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator("#most-mistake").textContent()).startsWith("This is no time span.");
        page.fill("#most", "10m");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator("#schedule-mistake").textContent()).contains("61");
        look(page, "monitor-wrong");
        page.fill("#schedule", "0 3 * * *");
        page.fill("#zone", "Europe/Berlin");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator(".mistake, .said.is-wrong").allTextContents()).isEmpty();
        assertThat(page.locator("h1").textContent()).isEqualTo("Nightly backup");
        assertThat(page.locator(".flow-state").first().textContent()).contains("waits for its first run");
        String monitor = page.url().replaceAll("\\?.*", "");
        String ping = page.locator("#ping ~ code.command").first().textContent();
        look(page, "monitor-new");

        // The page follows without being loaded again.
        ping(ping + "/start", "");
        ping(ping + "/0", "copied 3 files");
        page.waitForFunction("document.querySelector('[data-live=runs] tbody tr')?.textContent.includes('succeeded')");
        ping(ping + "/start", "");
        ping(ping + "/2", "connecting with password=hunter2-very-secret\ndisk is full");
        page.waitForFunction("document.querySelector('[data-live=state]').textContent.includes('down')");
        look(page, "monitor-down");

        page.locator("[data-live=runs] tbody tr a").first().click();
        page.waitForURL("**/runs/**");
        assertThat(page.locator(".output").textContent())
                .contains("disk is full")
                .doesNotContain("hunter2");
        assertThat(page.locator(".said").textContent()).contains("struck out");
        page.fill("#note", "The volume was 20 GiB short.");
        ConsoleBrowser.submit(page, "form[action$='/notes'] [type=submit]");
        assertThat(page.locator(".timeline").textContent()).contains("The volume was 20 GiB short.");
        look(page, "run");

        page.navigate(base + "/overview");
        assertThat(page.locator(".said.is-wrong").textContent()).isEqualTo("1 of 1 workflows are wrong.");
        look(page, "overview");
        page.navigate(base + "/overview?lang=de");
        look(page, "overview-de");
        page.navigate(base + "/overview?lang=en");
        page.locator("[data-live=incidents] a").first().click();
        page.waitForURL("**/incidents/**");
        assertThat(page.locator(".timeline li").count()).isPositive();
        ConsoleBrowser.submit(page, "form[action$='/acknowledgement'] [type=submit]");
        page.fill("#said", "More room is on its way.");
        ConsoleBrowser.submit(page, "button[value=update]");
        look(page, "incident");
        ping(ping + "/0", "copied 4 files");
        page.waitForFunction("document.querySelector('[data-live=facts]').textContent.includes('resolved')");
        page.fill("#happened", "The nightly backup failed once.");
        page.fill("#cause", "The disk was full.");
        page.fill("#actions", "An alert at 80 per cent.");
        ConsoleBrowser.submit(page, "form[action$='/review'] [type=submit]");
        ConsoleBrowser.submit(page, "form[action$='/closing'] [type=submit]");
        assertThat(page.locator("[data-live=facts]").textContent()).contains("closed");

        page.navigate(base + "/incidents");
        page.fill("#title", "Customers can't sign in");
        page.fill("#said", "Reported by three of them.");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        page.navigate(base + "/incidents");
        look(page, "incidents");

        page.navigate(monitor + "/settings");
        assertThat(page.inputValue("#schedule")).isEqualTo("0 3 * * *");
        assertThat(page.inputValue("#most")).isEqualTo("10m");
        page.navigate(monitor + "/deletion");
        page.fill("#typed", "Something else");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator("#typed-mistake").textContent()).isEqualTo("That is not its name.");
        page.fill("#typed", "Nightly backup");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator(".empty").first().textContent()).contains("Nothing is watched yet.");
        context.close();
        assertThat(browser.complaints).isEmpty();
    }

    @Test
    void a_demo_is_made_broken_followed_and_taken_away() throws Exception {
        BrowserContext context = browser.context(new Browser.NewContextOptions().setBypassCSP(true));
        Page page = browser.open(context);
        Person ada = Person.signedIn(server);
        ConsoleBrowser.signIn(page, ada);
        page.navigate("/workspaces");
        look(page, "workspaces-demo");
        ConsoleBrowser.submit(page, "form[action='/workspaces/demo'] [type=submit]");
        String drill = page.url().replaceAll("\\?.*", "");
        page.waitForFunction(
                "[...document.querySelectorAll('[data-live=flows] .does')].filter(e => e.textContent.trim() === 'up').length === 4");
        look(page, "drill-before");
        String workspace = drill.replaceAll(".*/workspaces/|/drill", "");
        server.json(
                "PUT",
                "/api/v1/workspaces/" + workspace + "/demo",
                "{\"mendAfterSeconds\":20}",
                "Authorization: Bearer " + ada.accessToken);
        ConsoleBrowser.submit(page, "form[action$='/drill'] [type=submit]");
        assertThat(page.locator("[data-live=start]").textContent()).contains("A drill goes on.");
        // The page follows without being loaded again.
        page.waitForFunction("document.querySelector('[data-live=steps]').textContent.includes('arrived')");
        page.waitForFunction("document.querySelectorAll('[data-live=steps] .is-wrong').length === 2");
        look(page, "drill-broken");
        page.waitForFunction("!document.querySelector('[data-live=steps]').textContent.includes('not yet')");
        assertThat(page.locator("[data-live=inbox]").textContent()).contains("Order import is down");
        look(page, "drill-over");
        page.navigate(drill + "?lang=de");
        look(page, "drill-over-de");
        page.navigate(drill + "?lang=en");

        // Without scripts it is the same, looked at again by hand.
        BrowserContext plain = browser.context(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        plain.addCookies(context.cookies().stream()
                .map(c -> new com.microsoft.playwright.options.Cookie(c.name, c.value)
                        .setDomain(c.domain)
                        .setPath(c.path)
                        .setSecure(c.secure))
                .toList());
        Page still = browser.open(plain);
        still.navigate(drill);
        assertThat(still.locator("[data-live=steps] li").count()).isEqualTo(4);
        assertThat(still.locator("noscript a, main p a").first().textContent()).isEqualTo("Look again");
        plain.close();

        page.navigate(drill.replace("/drill", "/channels"));
        page.locator(".rows .name a").first().click();
        page.waitForURL("**/channels/*-*");
        look(page, "drill-channel");

        page.navigate(drill + "/removal");
        page.fill("#typed", "Something else");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator("#typed-mistake").textContent()).isEqualTo("That is not its name.");
        page.fill("#typed", "Demo");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator(".empty").first().textContent()).contains("Nothing is watched yet.");
        context.close();
        assertThat(browser.complaints).isEmpty();
    }

    @Test
    void an_outsider_finds_none_of_it() throws Exception {
        Person ada = Person.signedIn(server);
        String workspace = Person.member(ada.send("POST", "/api/v1/workspaces", "name", "Hers"), "id");
        BrowserContext context = browser.context(new Browser.NewContextOptions());
        Page page = browser.open(context);
        ConsoleBrowser.signIn(page, Person.signedIn(server));
        for (String path : List.of(
                "/overview",
                "/incidents",
                "/drill",
                "/monitors/new",
                "/monitors/00000000-0000-7000-8000-000000000001",
                "/incidents/00000000-0000-7000-8000-000000000001")) {
            assertThat(page.navigate("/workspaces/" + workspace + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        context.close();
    }
}
