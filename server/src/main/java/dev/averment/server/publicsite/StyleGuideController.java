package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What each mark means, in words, for whoever reads a page. */
@RestController
final class StyleGuideController {

    private final Desk desk;
    private final InstantSource clock;

    StyleGuideController(Desk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @GetMapping("/styleguide")
    ResponseEntity<byte[]> sheet(HttpServletRequest request) {
        SiteLanguage language = SiteLanguage.of(request.getParameter("lang"))
                .orElseGet(() -> SiteLanguage.negotiate(
                        request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), List.of(SiteLanguage.values())));
        Words words = language.words();
        // To the minute, so that the sheet can be revalidated.
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond() / 60 * 60);
        var marks = new ArrayList<Mark>();
        for (Verdict v : Verdict.values()) {
            @Nullable
            Instant seen = v == Verdict.UNPROVEN ? null : now.minus(Duration.ofMinutes(3 + 700L * v.ordinal()));
            marks.add(
                    Mark.of(v, seen, now.minus(Duration.ofHours(2)), now.plus(Duration.ofDays(90)), null, now, words));
        }
        return Answers.fresh(
                request,
                desk.html(
                        "styleguide",
                        Map.of("shell", desk.bare(language, words.styleguide(), "/styleguide"), "marks", marks)));
    }
}
