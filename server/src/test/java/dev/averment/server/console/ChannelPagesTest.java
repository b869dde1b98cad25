package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.Receiver;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An owner sets up in the browser where his workspace is told; others see as much as they may. */
@Timeout(600)
class ChannelPagesTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "gateway-token-that-nobody-knows";

    @TempDir
    private static Path folder;

    private static Receiver receiver;
    private static RunningServer server;
    private static ConsoleBrowser browser;
    private static Tour tour;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(ConsoleBrowser.CHROMIUM), "chromium is missing");
        receiver = new Receiver(folder.resolve("receiver"));
        server = RunningServer.start(
                folder.resolve("data"),
                "--outbound-allow",
                "127.0.0.1/32",
                "--outbound-allow",
                "::1/128",
                "--outbound-authority",
                receiver.authorityFile().toString());
        browser = new ConsoleBrowser(server);
        tour = new Tour(390, 1440);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
        if (receiver != null) {
            receiver.close();
        }
    }

    private static String workspace(Person owner) throws Exception {
        return "/workspaces/" + Person.member(owner.send("POST", "/api/v1/workspaces", "name", "Works"), "id");
    }

    private static Page page(BrowserContext context, Person person) {
        Page page = browser.open(context);
        ConsoleBrowser.signIn(page, person);
        return page;
    }

    private static void fill(Page page, Map<String, String> fields) {
        fields.forEach((field, value) -> page.fill("#" + field, value));
        ConsoleBrowser.submit(page, "main form [type=submit]");
    }

    @Test
    @Asvs("13.3.1")
    void an_owner_adds_a_webhook_tests_it_and_replaces_its_secret_which_is_shown_once() throws Exception {
        Person ada = Person.signedIn(server);
        String base = workspace(ada);
        BrowserContext context = browser.context(new Browser.NewContextOptions().setBypassCSP(true));
        Page page = page(context, ada);
        page.navigate(base + "/channels");
        assertThat(page.locator(".empty").textContent()).startsWith("No channel yet");
        tour.look(page, "channels-none");
        page.navigate(base + "/channels/new");
        tour.look(page, "channel-kinds");
        page.locator("main a[href$='/new/webhook']").click();
        page.waitForURL("**/new/webhook");
        fill(page, Map.of("name", "Ours", "url", "http://hook.example.com/"));
        assertThat(page.locator("#url-mistake").textContent()).contains("https");
        tour.look(page, "channel-wrong");
        fill(page, Map.of("name", "Ours", "url", receiver.url("/in/of-which-nobody-knows")));
        assertThat(page.locator("#secret").count()).as(page.content()).isEqualTo(1);
        String secret = page.locator("#secret").textContent();
        assertThat(secret).startsWith("whsec_");
        tour.look(page, "channel-secret");
        ConsoleBrowser.submit(page, "main .button");
        String channel = page.url().replaceAll("\\?.*", "");
        assertThat(page.content()).doesNotContain(secret).doesNotContain("of-which-nobody-knows");

        receiver.received.clear();
        ConsoleBrowser.submit(page, "form[action$='/test'] [type=submit]");
        assertThat(page.locator(".said").textContent()).startsWith("A test is on its way");
        assertThat(Json.parseObject(receiver.received.take().body()).string("type"))
                .isEqualTo("incident.test");
        while (!page.locator(".tries").textContent().contains("arrived")) {
            page.navigate(channel);
        }
        assertThat(page.locator(".tries tbody td.number").allTextContents().getFirst())
                .isEqualTo("200");
        tour.look(page, "channel");
        page.navigate(channel + "?lang=de");
        tour.look(page, "channel-de");
        page.navigate(channel + "?lang=en");

        ConsoleBrowser.submit(page, "form[action$='/secret'] [type=submit]");
        String other = page.locator("#secret").textContent();
        assertThat(other).startsWith("whsec_").isNotEqualTo(secret);
        page.navigate(channel);
        assertThat(page.content()).doesNotContain(other);

        ConsoleBrowser.submit(page, "form[action$='/switch'] [type=submit]");
        assertThat(page.locator("dl").textContent()).contains("switched off");
        assertThat(page.locator("form[action$='/test']").count()).isZero();
        ConsoleBrowser.submit(page, "form[action$='/switch'] [type=submit]");
        assertThat(page.locator("dl").textContent()).contains("in use");

        page.navigate(channel + "/settings");
        assertThat(page.inputValue("#url")).isEmpty();
        fill(page, Map.of("name", "Theirs"));
        assertThat(page.locator("h1").textContent()).isEqualTo("Theirs");
        page.navigate(channel + "/removal");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator(".empty").count()).isEqualTo(1);
        assertThat(page.navigate(channel).status()).isEqualTo(404);
        context.close();
        assertThat(browser.complaints).isEmpty();
    }

    @Test
    void each_other_kind_is_added_without_script_and_nothing_secret_comes_back() throws Exception {
        Person ada = Person.signedIn(server);
        String base = workspace(ada);
        BrowserContext context = browser.context(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = page(context, ada);
        String url = receiver.url("/of-which-nobody-knows");
        var kinds = Map.of(
                "email", Map.of("to", "ops@example.org, sec@example.org"),
                "slack", Map.of("url", url),
                "teams", Map.of("url", url),
                "discord", Map.of("url", url),
                "pagerduty", Map.of("routingKey", KEY),
                "sms", Map.of("url", url, "token", TOKEN, "to", "+4915112345678"));
        for (var kind : kinds.entrySet()) {
            page.navigate(base + "/channels/new/" + kind.getKey());
            page.fill("#name", "Our " + kind.getKey());
            fill(page, kind.getValue());
            assertThat(page.locator(".mistake, .is-wrong").allTextContents())
                    .as(kind.getKey())
                    .isEmpty();
            assertThat(page.locator("h1").textContent()).isEqualTo("Our " + kind.getKey());
            assertThat(page.content()).doesNotContain("of-which-nobody-knows", KEY, TOKEN, "12345678", "ops@");
        }
        page.navigate(base + "/channels");
        assertThat(page.locator(".rows .name").allTextContents()).hasSize(6);

        page.navigate(base + "/channels/new/sms");
        fill(page, Map.of("name", "Wrong", "url", url, "token", TOKEN, "to", "call me"));
        assertThat(page.locator("#to-mistake").textContent()).contains("+4915112345678");
        assertThat(page.content()).as("a token is not written into a page").doesNotContain(TOKEN);
        assertThat(page.navigate(base + "/channels/new/pigeon").status()).isEqualTo(404);
        context.close();
    }

    @Test
    @Asvs({"8.2.1", "8.4.1"})
    void members_and_viewers_look_and_outsiders_find_nothing() throws Exception {
        Person ada = Person.signedIn(server);
        String base = workspace(ada);
        String made = Person.member(
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
        String channel = base + "/channels/" + made;
        for (String role : List.of("member", "viewer")) {
            Person person = Person.signedIn(server);
            ada.send("POST", "/api/v1" + base + "/invitations", "email", person.email, "role", role);
            person.send("POST", "/api/v1/account/invitations", "code", person.mailedInvitation());
            BrowserContext context = browser.context(new Browser.NewContextOptions());
            Page page = page(context, person);
            page.navigate(base + "/channels");
            assertThat(page.locator(".rows .name").allTextContents()).containsExactly("Mail");
            assertThat(page.locator("main a[href$='/channels/new']").count()).isZero();
            page.navigate(channel);
            assertThat(page.locator("main form").count()).isZero();
            for (String path : List.of(base + "/channels/new", base + "/channels/new/email", channel + "/settings")) {
                assertThat(page.navigate(path).status()).as(role + " " + path).isEqualTo(403);
            }
            for (String path : List.of(channel + "/test", channel + "/secret", channel + "/removal")) {
                Object status = page.evaluate(
                        "path => fetch(path, {method: 'POST', headers: {'Content-Type': 'application/x-www-form-urlencoded'}}).then(r => r.status)",
                        path);
                assertThat(status).as(role + " " + path).isEqualTo(403);
            }
            context.close();
        }
        BrowserContext context = browser.context(new Browser.NewContextOptions());
        Page page = page(context, Person.signedIn(server));
        for (String path : List.of(
                base + "/channels",
                base + "/channels/new",
                base + "/channels/new/email",
                channel,
                channel + "/settings")) {
            assertThat(page.navigate(path).status()).as(path).isEqualTo(404);
        }
        context.close();
        assertThat(ada.get("/api/v1" + channel).status()).isEqualTo(200);
    }
}
