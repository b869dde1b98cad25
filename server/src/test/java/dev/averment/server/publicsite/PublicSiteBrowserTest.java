package dev.averment.server.publicsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The site in a real browser: accessibility, narrow screens, keyboard, and what is left without JavaScript. */
class PublicSiteBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final List<String> DOCUMENTS = List.of(
            "/pages/self",
            "/pages/self?lang=de",
            "/pages/self/controls",
            "/pages/self/claims/cross-tenant",
            "/pages/self/claims/backup-restore?lang=de",
            "/pages/self/history",
            "/pages/self/documents/dpa",
            "/pages/self/sub-processors",
            "/pages/new",
            "/pages/calm",
            "/pages/hostile",
            "/pages/hostile/claims/evil",
            "/styleguide",
            "/pages/nobody",
            "/pages/self/nothing");

    private static SampleSite site;
    private static Playwright playwright;
    private static Browser browser;
    private static String axe;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                "chromium is missing at " + CHROMIUM
                        + "; install it (apt-get install chromium) to run the browser tests");
        site = new SampleSite(0);
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
                                "--disable-sync")));
        try (InputStream in = PublicSiteBrowserTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
        if (site != null) {
            site.close();
        }
    }

    private Page open(Browser.NewContextOptions options) {
        context = browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE));
        Page page = context.newPage();
        page.onConsoleMessage(m -> {
            // The browser itself reports the 404 that a test asks for.
            if (m.type().equals("error") && !m.text().contains("404")) {
                complaints.add(m.text());
            }
        });
        page.onDialog(d -> {
            complaints.add("dialog: " + d.message());
            d.dismiss();
        });
        return page;
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        if (context != null) {
            context.close();
        }
        assertThat(complaints).as("script errors, policy violations, dialogs").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axe_finds_nothing_serious(ColorScheme scheme) {
        // axe itself must be injected, which the site's policy rightly forbids a page to do.
        Page page = open(new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setBypassCSP(true)
                .setViewportSize(1200, 900));
        for (String document : DOCUMENTS) {
            page.navigate(site.address() + document);
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
            page.evaluate(axe);
            Object found = page.evaluate("""
                    async () => (await axe.run()).violations
                      .filter(v => v.impact === 'serious' || v.impact === 'critical')
                      .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join('; '))
                    """);
            assertThat((List<?>) found).as(document + " " + scheme).isEmpty();
        }
    }

    @Test
    void axe_would_find_something() {
        Page page = open(new Browser.NewContextOptions().setBypassCSP(true));
        page.navigate(site.address() + "/pages/self");
        page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x\"><input>')");
        page.evaluate(axe);
        Object count =
                page.evaluate("async () => (await axe.run()).violations.filter(v => v.impact === 'critical').length");
        assertThat(((Number) count).intValue()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void nothing_overflows_a_narrow_screen() {
        for (int width : new int[] {320, 390, 800, 1440}) {
            Page page = open(new Browser.NewContextOptions().setViewportSize(width, 844));
            for (String document : DOCUMENTS) {
                page.navigate(site.address() + document);
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
                Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                assertThat(((Number) over).intValue())
                        .as(document + " at " + width)
                        .isLessThanOrEqualTo(0);
            }
            context.close();
        }
    }

    @Test
    void works_without_javascript() {
        Page page = open(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(site.address() + "/pages/self");
        var claim = page.locator("#claim-rls");
        assertThat(claim.locator(".facts").isVisible()).isFalse();
        claim.locator("summary").click();
        assertThat(claim.locator(".facts").isVisible()).isTrue();
        assertThat(claim.locator("summary time").textContent()).isEqualTo("9\u00a0s ago");
        claim.locator(".facts a").last().click();
        assertThat(page.url()).endsWith("/pages/self/claims/rls");
        assertThat(page.locator("h1").textContent()).startsWith("All 84 workspace tables");
        page.locator(".languages a[hreflang=de]").click();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("de");
    }

    @Test
    void ages_count_on_and_a_proof_that_runs_out_turns_stale_in_the_open_page() {
        Page page = open(new Browser.NewContextOptions());
        page.clock().install();
        page.navigate(site.address() + "/pages/self");
        var mark = page.locator("#claim-tls-floor .mark").first();
        assertThat(mark.locator("time").textContent()).isEqualTo("14\u00a0s ago");
        page.clock().runFor(5_000);
        assertThat(mark.locator("time").textContent()).isIn("19\u00a0s ago", "20\u00a0s ago");
        assertThat(mark.locator(".word").textContent()).isEqualTo("proven");
        page.clock().fastForward("27:00:00");
        page.clock().runFor(2_000);
        assertThat(mark.locator(".word").textContent()).isEqualTo("stale");
        assertThat(mark.locator("use").getAttribute("href")).isEqualTo("#mark-stale");
        assertThat(page.locator("#claim-cross-tenant .mark .word").first().textContent())
                .isEqualTo("failing");
    }

    @Test
    void the_keyboard_reaches_the_skip_link_first_and_then_every_mark_in_reading_order() {
        Page page = open(new Browser.NewContextOptions().setViewportSize(1440, 900));
        page.navigate(site.address() + "/pages/self");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
        var reached = new ArrayList<Object>();
        for (int i = 0; i < 150; i++) {
            page.keyboard().press("Tab");
            Object claim = page.evaluate(
                    "document.activeElement.tagName === 'SUMMARY' ? document.activeElement.closest('.claim').dataset.claim : null");
            if (claim != null) {
                reached.add(claim);
            }
            if (page.evaluate("document.activeElement === document.body").equals(true)) {
                break;
            }
        }
        assertThat(reached)
                .isEqualTo(page.evaluate("[...document.querySelectorAll('.claim')].map(c => c.dataset.claim)"));
        page.locator("#claim-rls summary").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#claim-rls .facts").isVisible()).isTrue();
        Object outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
        assertThat(outline).isEqualTo("solid");
    }

    @Test
    void the_marks_stand_in_one_line_beside_their_sentences() {
        Page page = open(new Browser.NewContextOptions().setViewportSize(1440, 900));
        page.navigate(site.address() + "/pages/self");
        Object columns = page.evaluate(
                "new Set([...document.querySelectorAll('.claim summary .glyph')].map(g => Math.round(g.getBoundingClientRect().left))).size");
        assertThat(((Number) columns).intValue()).isEqualTo(1);
        Object apart = page.evaluate("""
                Math.max(...[...document.querySelectorAll('.claim')].map(c => {
                  const s = c.querySelector('.sentence').getClientRects()[0], g = c.querySelector('summary .glyph').getBoundingClientRect();
                  const line = parseFloat(getComputedStyle(c.querySelector('.sentence')).lineHeight);
                  return Math.abs(g.top + g.height / 2 - (s.top + line / 2));
                }))
                """);
        assertThat(((Number) apart).doubleValue())
                .as("pixels between shape and first line")
                .isLessThan(4);
        Object measure = page.evaluate("document.querySelector('#claim-rls .sentence').getBoundingClientRect().width");
        assertThat(((Number) measure).doubleValue()).isBetween(560.0, 680.0);
    }

    @Test
    void nothing_moves_while_the_page_loads() {
        Page page = open(new Browser.NewContextOptions().setViewportSize(1440, 900));
        for (String document : List.of("/pages/self", "/pages/self/claims/rls", "/pages/self/history")) {
            page.navigate(site.address() + document);
            Object shift = page.evaluate("""
                    () => document.fonts.ready.then(() => new Promise(done => {
                      let sum = 0;
                      new PerformanceObserver(l => l.getEntries().forEach(e => sum += e.value))
                        .observe({type: 'layout-shift', buffered: true});
                      requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
                    }))
                    """);
            assertThat(((Number) shift).doubleValue()).as(document).isLessThan(0.01);
        }
    }

    @Test
    void print_shows_exact_times_and_nothing_to_click() {
        Page page = open(new Browser.NewContextOptions());
        page.navigate(site.address() + "/pages/self");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
        assertThat(page.locator(".top").isVisible()).isFalse();
        assertThat(page.locator("#claim-rls summary .exact").isVisible()).isTrue();
        assertThat(page.locator("#claim-rls summary time").isVisible()).isFalse();
    }
}
