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
import dev.averment.server.fixture.RunningServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a workflow is due, when nobody is told about it, and the tokens of its job, in the browser. */
@Timeout(600)
class SchedulePagesTest {
    private static final DateTimeFormatter TYPED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm").withZone(ZoneOffset.UTC);

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

    private static String workspace(Person owner) throws Exception {
        return "/workspaces/" + Person.member(owner.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
    }

    private static String monitor(Person owner, String base, String name) throws Exception {
        Answer made = owner.send("/api/v1" + base + "/monitors", JsonObject.of("name", name, "everySeconds", 3600L));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return Person.member(made, "id");
    }

    private static JsonObject read(Person owner, String path) throws Exception {
        return Json.parseObject(owner.get("/api/v1" + path).body().getBytes(StandardCharsets.UTF_8));
    }

    private static Page page(BrowserContext context, Person person) {
        Page page = browser.open(context);
        ConsoleBrowser.signIn(page, person);
        return page;
    }

    private static int start(String token) throws Exception {
        return server.json(
                        "POST",
                        "/ingest/v1/runs/" + UUID.randomUUID(),
                        "{\"event\":\"start\"}",
                        "Authorization: Bearer " + token)
                .status();
    }

    @Test
    void a_schedule_is_tried_before_it_is_saved_and_keeps_everything_that_was_chosen() throws Exception {
        Person ada = Person.signedIn(server);
        String base = workspace(ada);
        String other = monitor(ada, base, "Export");
        BrowserContext context = browser.context(new Browser.NewContextOptions().setBypassCSP(true));
        Page page = page(context, ada);
        page.navigate(base + "/monitors/new");
        page.fill("#schedule", "Mon..Fri 03:30");
        page.fill("#zone", "Europe/Berlin");
        ConsoleBrowser.submit(page, "button[value=preview]");
        List<String> ahead = page.locator(".ahead li").allTextContents();
        assertThat(ahead).hasSize(5).allSatisfy(time -> assertThat(time).contains("03:30:00 CE"));
        assertThat(ahead).noneSatisfy(time -> assertThat(time).startsWith("Sat"));
        page.fill("#schedule", "*-02-30");
        ConsoleBrowser.submit(page, "button[value=preview]");
        assertThat(page.locator("#schedule-mistake, .ahead li").count()).isPositive();
        page.fill("#schedule", "*/15 * * * *");
        page.fill("#zone", "Mars/Olympus");
        ConsoleBrowser.submit(page, "button[value=preview]");
        assertThat(page.locator("#schedule-mistake").textContent()).contains("Mars/Olympus");
        page.fill("#zone", "UTC");
        page.fill("#name", "Import");
        page.fill("#grace", "5m");
        page.fill("#failures", "3");
        page.fill("#tags", "nightly eu");
        page.check("input[value=token]");
        page.check("input[name=depends][value='" + other + "']");
        ConsoleBrowser.submit(page, "button[value=preview]");
        assertThat(page.locator(".ahead li").allTextContents()).hasSize(5);
        assertThat(page.isChecked("input[value=token]")).isTrue();
        tour.look(page, "schedule");
        page.navigate(page.url() + (page.url().endsWith("/new") ? "" : "/new") + "?lang=de");
        tour.look(page, "schedule-de");
        page.navigate(base + "/monitors/new?lang=en");
        page.fill("#name", "Import");
        page.fill("#schedule", "*/15 * * * *");
        page.fill("#grace", "5m");
        page.fill("#failures", "3");
        page.fill("#tags", "nightly eu");
        page.check("input[value=token]");
        page.check("input[name=depends][value='" + other + "']");
        page.locator("#tags").press("Enter");
        page.waitForURL("**/monitors/*?done=watched");
        String path = page.url().replaceAll(".*(/workspaces/[^?]*).*", "$1");
        JsonObject made = read(ada, path);
        assertThat(made.string("schedule")).isEqualTo("*/15 * * * *");
        assertThat(made.integer("graceSeconds")).isEqualTo(300);
        assertThat(made.integer("failuresAllowed")).isEqualTo(2);
        assertThat(made.array("tags").strings()).containsExactly("nightly", "eu");
        assertThat(made.string("ingest")).isEqualTo("token");
        assertThat(made.array("dependsOn").strings()).containsExactly(other);

        page.navigate(path + "/settings");
        assertThat(page.isChecked("input[name=depends][value='" + other + "']")).isTrue();
        assertThat(page.locator(".ahead li").count()).isEqualTo(5);
        page.uncheck("input[name=depends][value='" + other + "']");
        page.uncheck("input[value=token]");
        page.fill("#schedule", "2h");
        ConsoleBrowser.submit(page, "button[value=save]");
        made = read(ada, path);
        assertThat(made.integer("everySeconds")).isEqualTo(7200);
        assertThat(made.array("dependsOn").strings()).isEmpty();
        assertThat(made.string("ingest")).isEqualTo("open");
        context.close();
        assertThat(browser.complaints).isEmpty();
    }

    @Test
    void a_workflow_is_muted_and_its_maintenance_planned_without_script() throws Exception {
        Person ada = Person.signedIn(server);
        String base = workspace(ada);
        String path = base + "/monitors/" + monitor(ada, base, "Export");
        BrowserContext context = browser.context(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = page(context, ada);
        page.navigate(path + "/maintenance");
        page.fill("#for", "a while");
        ConsoleBrowser.submit(page, "button[value=mute]");
        assertThat(page.locator("#for-mistake").textContent()).startsWith("This is no time span.");
        page.fill("#for", "4h");
        ConsoleBrowser.submit(page, "button[value=mute]");
        Instant now = server.prepared().clock().instant();
        assertThat(Instant.parse(read(ada, path).string("mutedUntil")))
                .isBetween(now.plusSeconds(3 * 3600), now.plusSeconds(4 * 3600 + 60));
        assertThat(page.locator("main").textContent()).contains("Muted until");
        ConsoleBrowser.submit(page, "button[value=unmute]");
        assertThat(read(ada, path).has("mutedUntil")
                        && read(ada, path).optionalString("mutedUntil").isPresent())
                .isFalse();

        page.fill("#from", TYPED.format(now.plusSeconds(86_400)));
        page.fill("#to", TYPED.format(now.plusSeconds(3600)));
        page.fill("#reason", "Moving house");
        ConsoleBrowser.submit(page, "form[action$='/maintenance'] [type=submit]");
        assertThat(page.locator("#from-mistake").textContent()).contains("ends after it begins");
        assertThat(page.inputValue("#reason")).isEqualTo("Moving house");
        page.fill("#to", TYPED.format(now.plusSeconds(90_000)));
        ConsoleBrowser.submit(page, "form[action$='/maintenance'] [type=submit]");
        assertThat(page.locator(".rows .name").allTextContents()).containsExactly("Moving house");
        JsonObject window =
                read(ada, path + "/maintenance").array("maintenance").objects().getFirst();
        assertThat(window.string("reason")).isEqualTo("Moving house");
        page.navigate(path);
        ConsoleBrowser.submit(page, "form[action$='/pause'] [type=submit]");
        assertThat(read(ada, path).string("state")).isEqualTo("paused");
        context.close();

        BrowserContext looking = browser.context(new Browser.NewContextOptions().setBypassCSP(true));
        Page seen = page(looking, ada);
        seen.navigate(path + "/maintenance");
        tour.look(seen, "quiet");
        seen.navigate(path);
        tour.look(seen, "monitor-buttons");
        seen.navigate(path + "/maintenance");
        ConsoleBrowser.submit(seen, "form[action$='/removal'] [type=submit]");
        assertThat(seen.locator(".rows").count()).isZero();
        looking.close();
    }

    @Test
    @Asvs("13.3.4")
    void a_token_is_shown_once_lets_runs_in_is_rotated_with_an_overlap_and_revoked() throws Exception {
        Person ada = Person.signedIn(server);
        String base = workspace(ada);
        String path = base + "/monitors/" + monitor(ada, base, "Export");
        BrowserContext context = browser.context(new Browser.NewContextOptions().setBypassCSP(true));
        Page page = page(context, ada);
        page.navigate(path + "/tokens");
        page.fill("#name", "The backup host");
        page.fill("#life", "9999d");
        ConsoleBrowser.submit(page, "form[action$='/tokens'] [type=submit]");
        assertThat(page.locator("#life-mistake").textContent()).startsWith("This is no time span.");
        page.fill("#life", "30d");
        ConsoleBrowser.submit(page, "form[action$='/tokens'] [type=submit]");
        String first = page.locator("#secret").textContent();
        assertThat(first).startsWith("avt_in_");
        tour.look(page, "monitor-token");
        ConsoleBrowser.submit(page, "main .button");
        assertThat(page.content()).doesNotContain(first);
        assertThat(page.locator(".rows .more").textContent()).contains("last used never");
        assertThat(start(first)).isEqualTo(200);
        while (page.locator(".rows .more").textContent().contains("last used never")) {
            page.navigate(path + "/tokens");
        }

        page.locator("a[href$='/rotation']").click();
        page.waitForURL("**/rotation");
        tour.look(page, "monitor-token-rotation");
        page.fill("#life", "90d");
        page.fill("#overlap", "1h");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        String second = page.locator("#secret").textContent();
        assertThat(second).startsWith("avt_in_").isNotEqualTo(first);
        assertThat(start(first)).as("both count meanwhile").isEqualTo(200);
        assertThat(start(second)).isEqualTo(200);
        page.navigate(path + "/tokens?lang=de");
        tour.look(page, "monitor-tokens-de");
        page.navigate(path + "/tokens?lang=en");
        assertThat(page.content()).doesNotContain(first, second);
        ConsoleBrowser.submit(page, "form[action$='/revocation'] [type=submit]");
        assertThat(start(first)).as("revoked").isEqualTo(401);
        assertThat(start(second)).isEqualTo(200);
        context.close();
        assertThat(browser.complaints).isEmpty();
    }

    @Test
    @Asvs({"8.2.1", "8.4.1"})
    void viewers_read_when_it_is_quiet_and_change_nothing_and_outsiders_find_nothing() throws Exception {
        Person ada = Person.signedIn(server);
        String base = workspace(ada);
        String path = base + "/monitors/" + monitor(ada, base, "Export");
        Person vera = Person.signedIn(server);
        ada.send("POST", "/api/v1" + base + "/invitations", "email", vera.email, "role", "viewer");
        vera.send("POST", "/api/v1/account/invitations", "code", vera.mailedInvitation());
        BrowserContext context = browser.context(new Browser.NewContextOptions());
        Page page = page(context, vera);
        assertThat(page.navigate(path + "/maintenance").status()).isEqualTo(200);
        assertThat(page.locator("main form").count()).isZero();
        for (String closed : List.of(path + "/tokens", path + "/settings", base + "/monitors/new")) {
            assertThat(page.navigate(closed).status()).as(closed).isEqualTo(403);
        }
        for (String closed : List.of(path + "/mute", path + "/maintenance", path + "/tokens")) {
            Object status = page.evaluate(
                    "path => fetch(path, {method: 'POST', body: new URLSearchParams({'for': '1h', name: 'x', life: '1d', from: '2099-01-01T00:00', to: '2099-01-02T00:00', reason: 'x'})}).then(r => r.status)",
                    closed);
            assertThat(status).as(closed).isEqualTo(403);
        }
        context.close();
        BrowserContext outside = browser.context(new Browser.NewContextOptions());
        Page outsider = page(outside, Person.signedIn(server));
        for (String closed : List.of("/tokens", "/maintenance", "/settings")) {
            assertThat(outsider.navigate(path + closed).status()).as(closed).isEqualTo(404);
        }
        outside.close();
    }
}
