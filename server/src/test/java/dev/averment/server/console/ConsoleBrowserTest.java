package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, under its own policy: passkeys, mailed links, and the keyboard. */
class ConsoleBrowserTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static ConsoleBrowser browser;

    private BrowserContext context;

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

    private Page open() {
        context = browser.context(new Browser.NewContextOptions());
        return browser.open(context);
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        context.close();
        assertThat(browser.complaints)
                .as("script errors, violations of the policy, dialogs")
                .isEmpty();
    }

    private static Object storage(Page page) {
        return page.evaluate("localStorage.length + sessionStorage.length");
    }

    @Asvs({"2.3.1", "14.3.3", "6.3.3"})
    @Test
    void a_passkey_signs_in_alone_beside_a_password_and_proves_again() throws Exception {
        Page page = open();
        ConsoleBrowser.authenticator(page);
        Person person = Person.signedIn(server);
        ConsoleBrowser.signIn(page, person);
        page.navigate("/settings/security/passkeys/new");
        page.fill("#name", "Laptop");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.url()).endsWith("/settings/security?done=passkey-enrolled");
        assertThat(page.locator(".rows .name").first().textContent()).startsWith("Laptop");

        page.locator("a[href*=passkeys]:has-text('Rename')").click();
        page.fill("#name", "Old laptop");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator(".rows .name").first().textContent()).startsWith("Old laptop");

        ConsoleBrowser.submit(page, ".sign-out [type=submit]");
        assertThat(page.url()).endsWith("/signed-out");
        page.navigate("/sign-in");
        ConsoleBrowser.submit(page, "form[action='/sign-in/passkey'] [type=submit]");
        assertThat(page.url()).as("a passkey alone").endsWith("/workspaces");

        ConsoleBrowser.submit(page, ".sign-out [type=submit]");
        ConsoleBrowser.signIn(page, person);
        assertThat(page.url()).contains("/sign-in/second-factor");
        assertThat(page.locator("#totp").count()).isZero();
        ConsoleBrowser.submit(page, "form[data-passkey] [type=submit]");
        assertThat(page.url()).as("beside the password").endsWith("/workspaces");

        page.navigate("/proof?next=/settings/account/address");
        ConsoleBrowser.submit(page, "form[action='/proof/passkey'] [type=submit]");
        assertThat(page.url()).endsWith("/settings/account/address?done=proven");

        page.navigate("/settings/security");
        page.locator("a[href$='/removal'][href*=passkeys]").click();
        assertThat(page.locator(".losses").textContent()).contains("Old laptop");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.locator(".said").textContent()).contains("The passkey is removed");
        assertThat(storage(page)).isEqualTo(0);
    }

    @Test
    void a_passkey_that_the_browser_does_not_give_is_said_beside_the_button() {
        Page page = open();
        ConsoleBrowser.authenticator(page);
        page.navigate("/sign-in");
        page.click("form[data-passkey] [type=submit]");
        page.waitForSelector("form[data-passkey] [role=alert]:visible");
        assertThat(page.locator("form[data-passkey] [role=alert]").textContent())
                .contains("Nothing has changed");
        assertThat(page.evaluate("document.activeElement.getAttribute('role')")).isEqualTo("alert");
        assertThat(page.locator("form[data-passkey] [type=submit]").isEnabled()).isTrue();
    }

    @Asvs("14.2.1")
    @Test
    void a_mailed_link_fills_its_code_in_and_leaves_the_address() throws Exception {
        Page page = open();
        Person person = Person.stranger(server);
        page.navigate("/sign-up");
        page.fill("#name", "Grace");
        page.fill("#email", person.email);
        page.fill("#password", person.password);
        ConsoleBrowser.submit(page, "main form [type=submit]");
        String code = person.mailedCode();
        page.navigate("/verify#" + code);
        page.waitForFunction("document.getElementById('code').value !== ''");
        assertThat(page.inputValue("#code")).isEqualTo(code);
        assertThat(page.url()).endsWith("/verify");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        assertThat(page.url()).endsWith("/sign-in?done=verified");

        page.navigate("/reset");
        page.fill("#email", person.email);
        ConsoleBrowser.submit(page, "form[action='/reset'] [type=submit]");
        page.navigate("about:blank");
        page.navigate("/reset#" + person.mailedCode());
        page.waitForFunction("document.activeElement.id === 'password'");
        assertThat(page.locator("form[action='/reset']").isVisible()).isFalse();
        page.fill("#password", "eleven quiet walruses painting");
        ConsoleBrowser.submit(page, "form[action='/reset/confirm'] [type=submit]");
        assertThat(page.url()).endsWith("/sign-in?done=password-set");

        page.navigate("about:blank");
        page.navigate("/verify#<img src=x onerror=alert(1)>");
        assertThat(page.inputValue("#code")).isEmpty();
    }

    @Asvs({"6.2.6", "6.2.7"})
    @Test
    void a_password_can_be_shown_and_pasted_and_is_sent_hidden() {
        Page page = open();
        page.navigate("/sign-in");
        page.evaluate("""
                () => {
                  const data = new DataTransfer();
                  data.setData('text/plain', 'pasted');
                  const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
                  window.taken = document.getElementById('password').dispatchEvent(event);
                }
                """);
        assertThat(page.evaluate("window.taken")).as("nobody prevents pasting").isEqualTo(true);
        page.fill("#password", "seven purple otters");
        page.click(".show");
        assertThat(page.getAttribute("#password", "type")).isEqualTo("text");
        assertThat(page.getAttribute(".show", "aria-pressed")).isEqualTo("true");
        page.click(".show");
        assertThat(page.getAttribute("#password", "type")).isEqualTo("password");
    }

    /** Under SameSite=Strict the browser sends no cookie along on the first step. */
    @Test
    void a_link_on_another_site_leads_whoever_is_signed_in_to_the_page() throws Exception {
        Page page = open();
        ConsoleBrowser.signIn(page, Person.signedIn(server));
        page.navigate("data:text/html,<a href='" + browser.base + "/settings/sessions'>go</a>");
        page.click("a");
        page.waitForSelector("h1:has-text('Sessions')");
        assertThat(page.url()).endsWith("/settings/sessions");
    }

    @Test
    void the_keyboard_alone_signs_in_and_meets_the_skip_link_first() throws Exception {
        Page page = open();
        Person person = Person.signedIn(server);
        page.navigate("/sign-in");
        page.waitForFunction("document.activeElement.id === 'email'");
        page.keyboard().type(person.email);
        page.keyboard().press("Tab");
        page.keyboard().type(person.password);
        page.waitForNavigation(() -> page.keyboard().press("Enter"));
        assertThat(page.url()).endsWith("/workspaces");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        for (int i = 0; i < 30; i++) {
            page.keyboard().press("Tab");
            if (page.evaluate("document.activeElement.matches('.sign-out button')")
                    .equals(true)) {
                break;
            }
        }
        page.waitForNavigation(() -> page.keyboard().press("Enter"));
        assertThat(page.url()).endsWith("/signed-out");
    }

    @Test
    void without_javascript_everything_but_passkeys_works() throws Exception {
        context = browser.context(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = browser.open(context);
        Person person = Person.signedIn(server);
        page.navigate("/sign-in");
        assertThat(page.locator(".show").isVisible()).isFalse();
        assertThat(page.locator("form[data-passkey] [type=submit]").isVisible()).isFalse();
        assertThat(page.locator("noscript").first().isVisible()).isTrue();
        page.fill("#email", person.email);
        page.fill("#password", person.password);
        page.click("form[action='/sign-in'] [type=submit]");
        page.waitForURL("**/workspaces");
        page.fill("#name", "Works");
        page.click("form[action='/workspaces'] [type=submit]");
        page.waitForURL("**?done=workspace-made");
        assertThat(page.locator(".said").textContent()).contains("you own it");
    }

    @Test
    void on_paper_there_are_codes_and_nothing_to_press() throws Exception {
        Page page = open();
        Person person = Person.signedIn(server);
        ConsoleBrowser.signIn(page, person);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        for (String hidden : List.of(".top", ".button", ".sign-out")) {
            assertThat(page.locator(hidden).first().isVisible()).as(hidden).isFalse();
        }
        assertThat(page.locator("h1").isVisible()).isTrue();
    }
}
