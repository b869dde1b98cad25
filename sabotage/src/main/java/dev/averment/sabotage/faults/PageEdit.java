package dev.averment.sabotage.faults;

import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.claims.Page;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.instance.PlantException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** Faults that somebody writes into the page file itself. */
final class PageEdit {
    private PageEdit() {}

    /** The first place of the file that fits {@code pattern} becomes {@code then}. */
    static Sabotage fault(String id, String breaks, String pattern, String then) {
        Pattern wanted = Pattern.compile(pattern);
        return new Sabotage.AtStart(id, breaks, sound -> sound.under(edited(sound.page(), wanted, then)));
    }

    private static Page edited(Page page, Pattern wanted, String then) throws PlantException {
        String source = new String(page.source(), StandardCharsets.UTF_8);
        var matcher = wanted.matcher(source);
        if (!matcher.find()) {
            throw new PlantException("the page file has no place that fits " + wanted.pattern());
        }
        byte[] altered = matcher.replaceFirst(then).getBytes(StandardCharsets.UTF_8);
        return switch (PageLoader.installed()
                .load(page.id() + ".yaml", altered, InstantSource.system().instant())) {
            case LoadResult.Loaded loaded -> loaded.page();
            case LoadResult.Refused refused ->
                throw new PlantException("the altered page is refused before it can do harm: "
                        + refused.problems().getFirst());
        };
    }
}
