package dev.averment.server.publicsite;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A language that the site itself speaks. A page's own texts may exist in more. */
public enum SiteLanguage {
    EN("en", Locale.UK, new English()),
    DE("de", Locale.GERMANY, new German());

    /** Longer headers are noise or an attack on the parser. */
    private static final int LONGEST_HEADER = 512;

    private final String tag;
    private final Locale locale;
    private final Words words;

    SiteLanguage(String tag, Locale locale, Words words) {
        this.tag = tag;
        this.locale = locale;
        this.words = words;
    }

    public String tag() {
        return tag;
    }

    public Locale locale() {
        return locale;
    }

    public Words words() {
        return words;
    }

    /** The language of a tag such as {@code de} or {@code de-AT}. */
    public static Optional<SiteLanguage> of(@Nullable String tag) {
        if (tag == null) {
            return Optional.empty();
        }
        String primary = tag.strip().toLowerCase(Locale.ROOT).split("-", 2)[0];
        for (SiteLanguage l : values()) {
            if (l.tag.equals(primary)) {
                return Optional.of(l);
            }
        }
        return Optional.empty();
    }

    /**
     * The best of {@code offered} for an {@code Accept-Language} header (RFC 9110, section 12.5.4); the first offered
     * when the header is absent, malformed or asks for none of them.
     *
     * @param offered at least one, the page's own first
     */
    public static SiteLanguage negotiate(@Nullable String acceptLanguage, List<SiteLanguage> offered) {
        if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > LONGEST_HEADER) {
            return offered.getFirst();
        }
        try {
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(acceptLanguage)) {
                if (range.getWeight() == 0) {
                    continue;
                }
                if (range.getRange().equals("*")) {
                    return offered.getFirst();
                }
                Optional<SiteLanguage> wanted = of(range.getRange());
                if (wanted.isPresent() && offered.contains(wanted.get())) {
                    return wanted.get();
                }
            }
        } catch (IllegalArgumentException malformed) {
            return offered.getFirst();
        }
        return offered.getFirst();
    }
}
