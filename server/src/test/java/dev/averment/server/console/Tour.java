package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a page in both schemes, narrow and wide: nothing that axe calls serious, nothing that overflows. With
 * {@code -Dconsole.shots=FOLDER} it leaves pictures.
 */
final class Tour {
    private static final Optional<Path> SHOTS =
            Optional.ofNullable(System.getProperty("console.shots")).map(Path::of);

    private final String axe;
    private final int[] widths;

    Tour(int... widths) throws IOException {
        this.axe = ConsoleBrowser.axe();
        this.widths = widths;
    }

    void look(Page page, String name) throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : widths) {
                page.setViewportSize(width, 900);
                String as = name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width;
                Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                assertThat(((Number) over).intValue()).as(as).isLessThanOrEqualTo(0);
                if (SHOTS.isPresent()) {
                    Files.createDirectories(SHOTS.get());
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(SHOTS.get().resolve(as + ".png"))
                            .setFullPage(true));
                }
            }
            page.evaluate(axe);
            Object found = page.evaluate("""
                    async () => (await axe.run()).violations
                      .filter(v => v.impact === 'serious' || v.impact === 'critical')
                      .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join('; '))
                    """);
            assertThat((List<?>) found).as(name + " " + scheme).isEmpty();
        }
        assertThat(page.locator("h1").count()).as(name).isEqualTo(1);
        assertThat(page.locator("main").count()).as(name).isEqualTo(1);
        assertThat(page.title()).as(name).endsWith("Averment");
    }
}
