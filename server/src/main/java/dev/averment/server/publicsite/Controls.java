package dev.averment.server.publicsite;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Controls of frameworks as their readers cite them: {@code gdpr:32.1.c} is "GDPR Art. 32(1)(c)". */
final class Controls {

    private static final Pattern GDPR = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.([a-z]))?");

    private Controls() {}

    static String cite(String control, SiteLanguage language) {
        int colon = control.indexOf(':');
        if (colon < 0) {
            return control;
        }
        String framework = control.substring(0, colon).toLowerCase(Locale.ROOT);
        String place = control.substring(colon + 1);
        return switch (framework) {
            case "gdpr" -> gdpr(place, language);
            case "iso27001" -> "ISO\u00a027001 " + place;
            case "soc2" -> "SOC\u00a02 " + place;
            case "nis2" -> "NIS2 " + place;
            case "asvs" -> "ASVS " + place;
            case "c5" -> "BSI\u00a0C5 " + place;
            default -> control.substring(0, colon) + " " + place;
        };
    }

    private static String gdpr(String place, SiteLanguage language) {
        Matcher m = GDPR.matcher(place);
        String name = language == SiteLanguage.DE ? "DSGVO Art.\u00a0" : "GDPR Art.\u00a0";
        if (!m.matches()) {
            return name + place;
        }
        String paragraph = m.group(2);
        String letter = m.group(3);
        if (language == SiteLanguage.DE) {
            return name
                    + m.group(1)
                    + (paragraph == null ? "" : " Abs.\u00a0" + paragraph)
                    + (letter == null ? "" : " lit.\u00a0" + letter);
        }
        return name
                + m.group(1)
                + (paragraph == null ? "" : "(" + paragraph + ")")
                + (letter == null ? "" : "(" + letter + ")");
    }
}
