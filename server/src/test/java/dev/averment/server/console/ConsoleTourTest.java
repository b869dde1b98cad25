package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page of the console as people see it, in both schemes, narrow and wide: nothing that axe calls serious, nothing that
 * overflows. With {@code -Dconsole.shots=FOLDER} it leaves pictures.
 */
class ConsoleTourTest {
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
        tour = new Tour(360, 1200);
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

    private static void look(Page page, String path, String name) throws IOException {
        page.navigate(path);
        assertThat(page.url()).as(name).isEqualTo(browser.base + path);
        look(page, name);
    }

    @Test
    void every_page_is_accessible_and_fits_every_screen() throws Exception {
        // axe itself must be injected, which the pages' policy rightly forbids a page to do.
        var context = browser.context(new Browser.NewContextOptions().setBypassCSP(true));
        Page page = browser.open(context);
        ConsoleBrowser.authenticator(page);

        for (String path :
                List.of("/sign-in", "/sign-up", "/verify", "/reset", "/confirm-address", "/signed-out", "/join")) {
            look(page, path, "open" + path.replace('/', '-'));
        }
        look(page, "/sign-up?lang=de", "open-sign-up-de");
        look(page, "/sign-in?lang=en", "open-sign-in-en");
        page.fill("#email", "nobody@example.test");
        page.fill("#password", "not the password of anybody");
        ConsoleBrowser.submit(page, "form[action='/sign-in'] [type=submit]");
        page.waitForFunction("document.activeElement.id === 'password'");
        look(page, "sign-in-wrong");

        Person ada = Person.signedIn(server);
        Person ben = Person.signedIn(server);
        ConsoleBrowser.signIn(page, ada);
        look(page, "/workspaces", "workspaces-none");
        page.fill("#name", "Lovelace & Söhne");
        ConsoleBrowser.submit(page, "form[action='/workspaces'] [type=submit]");
        String workspace = page.url().replaceAll(".*/workspaces/|\\?.*", "");
        page.fill("#email", ben.email);
        ConsoleBrowser.submit(page, "form[action$='/invitations'] [type=submit]");
        assertThat(ben.send("POST", "/api/v1/account/invitations", "code", ben.mailedInvitation())
                        .status())
                .isEqualTo(200);
        page.fill("#email", "somebody.with.a.long.name@a-rather-long-domain.example.test");
        ConsoleBrowser.submit(page, "form[action$='/invitations'] [type=submit]");
        look(page, "/workspaces", "workspaces");
        look(page, "/workspaces/" + workspace, "members");
        String members = "/workspaces/" + workspace + "/members/" + Person.member(ben.get("/api/v1/account"), "id");
        look(page, members + "/removal", "member-removal");
        look(page, members + "/transfer", "member-transfer");
        look(page, "/workspaces/" + workspace + "/tokens", "tokens-none");
        look(page, "/workspaces/" + workspace + "/tokens/new", "token-new");
        page.fill("#name", "Nightly export");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        look(page, "token-without-scope");
        page.check("[value='evidence:read']");
        page.check("[value='members:read']");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        look(page, "token-made");
        look(page, "/workspaces/" + workspace + "/tokens", "tokens");
        look(page, "/settings/workspaces/" + workspace + "/leave", "leave");

        look(page, "/settings/account", "account");
        look(page, "/settings/account/address", "address");
        look(page, "/settings/account/password", "password");
        look(page, "/settings/account/deletion", "deletion");
        look(page, "/settings/sessions", "sessions");
        look(page, "/settings/security", "security-none");
        look(page, "/settings/security/app", "app-begin");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        look(page, "app-picture");
        var app = new AuthenticatorApp(
                page.locator("#seed").textContent().replace(" ", ""),
                server.prepared().clock());
        page.fill("#code", app.wrongCode());
        ConsoleBrowser.submit(page, "main form [type=submit]");
        look(page, "app-wrong");
        page.fill("#code", app.code());
        ConsoleBrowser.submit(page, "main form [type=submit]");
        look(page, "/settings/security/recovery-codes", "codes-begin");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        look(page, "codes");
        look(page, "/settings/security/passkeys/new", "passkey-new");
        page.fill("#name", "Laptop");
        ConsoleBrowser.submit(page, "main form [type=submit]");
        look(page, "security");
        String passkey = page.locator("a[href$='/removal'][href*=passkeys]").getAttribute("href");
        look(page, passkey, "passkey-removal");
        look(page, passkey.replace("/removal", ""), "passkey-rename");
        look(page, "/settings/security/app/removal", "app-removal");
        look(page, "/proof?next=/settings/account/address", "proof");
        page.fill("#password", ada.password);
        ConsoleBrowser.submit(page, "form[action='/proof'] [type=submit]");
        look(page, "proof-second");

        ConsoleBrowser.submit(page, "form[action='/sign-out'] [type=submit]");
        ConsoleBrowser.signIn(page, ada);
        look(page, "second-factor");
        page.navigate("/sign-in?lang=de");
        ConsoleBrowser.submit(page, "form[data-passkey] [type=submit]");
        look(page, "/workspaces/" + workspace, "members-de");
        look(page, "/settings/security", "security-de");
        context.close();
        assertThat(browser.complaints).isEmpty();
    }
}
