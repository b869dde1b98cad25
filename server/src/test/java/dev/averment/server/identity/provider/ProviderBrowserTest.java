package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.LocalProvider;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a provider and back in a real browser, under a page that makes every session cookie SameSite=Strict. */
class ProviderBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    private static Path folder;

    @Test
    @Asvs({"3.3.2", "10.1.2"})
    void the_session_cookie_is_strict_and_comes_along_with_the_first_page_after_the_return() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "chromium is missing at " + CHROMIUM);
        Path data = Files.createDirectories(folder.resolve("data"));
        try (LocalProvider provider = LocalProvider.start(folder.resolve("provider"))) {
            provider.configure(data, "local");
            try (RunningServer server = RunningServer.start(data);
                    Playwright playwright = Playwright.create(
                            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                    Browser browser = playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(CHROMIUM)
                                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")));
                    // Whose certificates these are is the business of other tests.
                    BrowserContext context =
                            browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
                provider.register(server.port(), "local");
                String here = "https://localhost:" + server.port();
                Page page = context.newPage();
                List<Request> requests = new ArrayList<>();
                page.onRequest(requests::add);

                page.navigate(here + "/sign-in/with/local?next=/pages/self");
                page.fill("input[name=username]", "ada");
                page.fill("input[name=password]", LocalProvider.PASSWORD);
                page.click("button[type=submit]");
                for (var box : page.querySelectorAll("input[name=scope]:not([disabled])")) {
                    box.check();
                }
                page.click("button[type=submit]");
                page.waitForURL(here + "/pages/self");

                var session = context.cookies().stream()
                        .filter(c -> c.name.equals("__Host-session"))
                        .findFirst()
                        .orElseThrow();
                assertThat(session.sameSite.name()).isEqualTo("STRICT");
                assertThat(session.httpOnly).isTrue();
                assertThat(context.cookies().stream().map(c -> c.name)).doesNotContain("__Host-flow");
                Request back = last(requests, here + "/sign-in/with/local/return");
                assertThat(String.valueOf(back.headerValue("cookie"))).contains("__Host-flow=");
                assertThat(back.headerValue("sec-fetch-site")).isEqualTo("cross-site");
                Request first = last(requests, here + "/pages/self");
                assertThat(String.valueOf(first.headerValue("cookie"))).contains("__Host-session=");
                assertThat(first.headerValue("sec-fetch-site")).isEqualTo("same-origin");
                page.navigate(here + "/api/v1/account");
                assertThat(page.content()).contains("ada@provider.test");
            }
        }
    }

    private static Request last(List<Request> requests, String beginning) {
        return requests.reversed().stream()
                .filter(r -> r.url().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("never asked for " + beginning));
    }
}
