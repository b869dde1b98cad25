package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.PageState.ClaimState;
import java.util.List;
import org.springframework.http.MediaType;

/**
 * How a page stands, as a picture to put elsewhere. Presentation attributes only, so that it needs no style and shows
 * the same under any policy; it brings its own ground, so it reads on light and dark.
 */
final class Badge {

    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml;charset=UTF-8");
    private static final String INK = "#1c1b19";
    private static final String PAPER = "#fdfcfa";
    private static final String WRONG = "#b3200f";

    /** Reads as an edge on white and on black. */
    private static final String EDGE = "#77726a";

    private Badge() {}

    static Body of(PageState state, SiteLanguage language) {
        List<ClaimState> open = PageView.open(state);
        HeadLine head = HeadLine.of(open, language.words());
        long holding = open.stream().filter(c -> c.verdict().holds()).count();
        Verdict worst = Verdict.worst(open.stream().map(ClaimState::verdict).toList());
        String left = language.words().securityPage();
        String right = head.wrong().isEmpty() || worst != Verdict.FAILING
                ? holding + "/" + open.size()
                : head.wrong().getFirst().text();
        int leftWidth = width(left);
        int rightWidth = width(right);
        int split = 12 + leftWidth + 12;
        int width = split + 10 + 12 + 7 + rightWidth + 12;
        boolean failing = worst == Verdict.FAILING;
        String label = left + ": " + head.plain();
        var svg = new Markup()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "width",
                        "" + width,
                        "height",
                        "24",
                        "viewBox",
                        "0 0 " + width + " 24",
                        "role",
                        "img",
                        "aria-label",
                        label)
                .text("title", label)
                .empty("rect", "width", "" + width, "height", "24", "rx", "3.5", "fill", PAPER)
                .empty(
                        "path",
                        "d",
                        "M" + split + " 0H" + (width - 3.5) + "a3.5 3.5 0 0 1 3.5 3.5v17a3.5 3.5 0 0 1-3.5 3.5H" + split
                                + "z",
                        "fill",
                        failing ? WRONG : INK)
                .empty(
                        "rect",
                        "x",
                        "0.5",
                        "y",
                        "0.5",
                        "width",
                        "" + (width - 1),
                        "height",
                        "23",
                        "rx",
                        "3",
                        "fill",
                        "none",
                        "stroke",
                        failing ? WRONG : EDGE);
        words(svg, left, 12, leftWidth, INK);
        shape(svg, worst, split + 16);
        words(svg, right, split + 29, rightWidth, PAPER);
        return Body.of(svg.close().bytes(), SVG);
    }

    private static void words(Markup svg, String text, int x, int width, String fill) {
        svg.text(
                "text",
                text,
                "x",
                "" + x,
                "y",
                "16",
                "textLength",
                "" + width,
                "lengthAdjust",
                "spacingAndGlyphs",
                "font-family",
                "'Source Sans 3','Segoe UI',Helvetica,Arial,sans-serif",
                "font-size",
                "12.5",
                "font-weight",
                "600",
                "fill",
                fill);
    }

    /** Near enough to any sans-serif's advances at this size; {@code textLength} then makes it exact. */
    private static int width(String text) {
        double width = 0;
        for (char c : text.toCharArray()) {
            width += switch (c) {
                case 'i', 'j', 'l', 'f', 't', 'r', 'I', ' ', '\u00a0', '/', '.', ',', ':' -> 4;
                case 'm', 'w', 'M', 'W' -> 10.5;
                default -> Character.isUpperCase(c) ? 8.4 : 7;
            };
        }
        return (int) Math.ceil(width);
    }

    /** The six marks again, 10 units across; the templates have the same shapes as symbols. */
    private static void shape(Markup svg, Verdict verdict, int x) {
        String cx = "" + x;
        switch (verdict) {
            case PROVEN -> svg.empty("circle", "cx", cx, "cy", "12", "r", "5", "fill", PAPER);
            case ATTESTED -> {
                ring(svg, cx, "none");
                svg.empty("circle", "cx", cx, "cy", "12", "r", "1.7", "fill", PAPER);
            }
            case EXEMPT -> ring(svg, cx, "2.4 1.8");
            case STALE -> {
                ring(svg, cx, "none");
                svg.empty("path", "d", "M" + x + " 7a5 5 0 0 0 0 10z", "fill", PAPER);
            }
            case UNPROVEN -> ring(svg, cx, "none");
            case FAILING ->
                svg.empty("rect", "x", "" + (x - 5), "y", "7", "width", "10", "height", "10", "fill", PAPER);
        }
    }

    private static void ring(Markup svg, String cx, String dash) {
        svg.empty(
                "circle",
                "cx",
                cx,
                "cy",
                "12",
                "r",
                "4.4",
                "fill",
                "none",
                "stroke",
                PAPER,
                "stroke-width",
                "1.4",
                "stroke-dasharray",
                dash);
    }
}
