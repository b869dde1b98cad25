package dev.averment.server.console;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;

/** A Chromium that trusts a running server's certificate, and keeps passkeys in an authenticator of its own. */
final class ConsoleBrowser implements AutoCloseable {
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** For a machine that is busy with other things. */
    private static final double PATIENCE_MILLIS = 120_000;

    final RunningServer server;
    final String base;
    final List<String> complaints = new ArrayList<>();
    private final Playwright playwright;
    private final Browser browser;

    ConsoleBrowser(RunningServer server) throws IOException {
        this.server = server;
        this.base = "https://localhost:" + server.port();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                // Passkeys work on pages with a good certificate only: its key makes this one good.
                                "--ignore-certificate-errors-spki-list=" + key(server))));
    }

    /** Digest of the public key of the server's certificate, which a handshake against its own authority has shown. */
    private static String key(RunningServer server) throws IOException {
        try (SSLSocket socket = server.tls("TLSv1.3")) {
            byte[] key =
                    socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    BrowserContext context(Browser.NewContextOptions options) {
        return browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE).setBaseURL(base));
    }

    Page open(BrowserContext context) {
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(m -> {
            // The browser reports by itself what a test asks for: refusals.
            if (m.type().equals("error") && !m.text().startsWith("Failed to load resource")) {
                complaints.add(m.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(d -> {
            complaints.add("dialog: " + d.message());
            d.dismiss();
        });
        return page;
    }

    /** An authenticator in the device, which asks for a fingerprint and gets it. */
    static void authenticator(Page page) {
        CDPSession cdp = page.context().newCDPSession(page);
        cdp.send("WebAuthn.enable");
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        var parameters = new JsonObject();
        parameters.add("options", options);
        cdp.send("WebAuthn.addVirtualAuthenticator", parameters);
    }

    /** axe's own script. */
    static String axe() throws IOException {
        try (InputStream in =
                ConsoleBrowser.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void signIn(Page page, Person person) {
        page.navigate("/sign-in");
        page.fill("#email", person.email);
        page.fill("#password", person.password);
        submit(page, "form[action='/sign-in'] [type=submit]");
    }

    /** Presses a button and waits for where it leads. */
    static void submit(Page page, String button) {
        page.waitForNavigation(() -> page.locator(button).first().click());
    }

    @Override
    public void close() {
        playwright.close();
    }
}
