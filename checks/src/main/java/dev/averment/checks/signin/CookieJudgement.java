package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.util.List;
import java.util.Optional;

/** What is wrong with cookies under an expectation of {@code httpOnly}, {@code secure} and {@code sameSite}. */
public final class CookieJudgement {
    private CookieJudgement() {}

    /** The first thing that is wrong; empty when all cookies are as promised. */
    public static Optional<Judgement> of(List<Subject> cookies, SettingReader wanted) throws CollectException {
        String sameSite = wanted.text("sameSite").orElse("");
        for (Subject cookie : cookies) {
            for (String flag : List.of("httpOnly", "secure")) {
                if (wanted.flag(flag) && !(cookie.facts().get(flag) instanceof Boolean)) {
                    return Optional.of(Judgement.unproven(
                            "Whether " + cookie.name() + " has " + written(flag) + " is not among the facts."));
                }
                if (wanted.flag(flag) && !FactReader.is(cookie.facts(), flag)) {
                    return Optional.of(
                            Judgement.failing(capital(cookie.name()) + " is set without " + written(flag) + "."));
                }
            }
            String is = FactReader.text(cookie.facts(), "sameSite");
            if (!sameSite.isEmpty() && !is.equalsIgnoreCase(sameSite)) {
                return Optional.of(Judgement.failing(capital(cookie.name())
                        + (is.isEmpty() ? " is set without SameSite" : " is set with SameSite=" + is) + " where "
                        + sameSite + " is promised."));
            }
            if (!FactReader.text(cookie.facts(), "domain").isEmpty()) {
                return Optional.of(Judgement.failing(capital(cookie.name())
                        + " is set for a domain, so that every host in it gets and can set it."));
            }
        }
        return Optional.empty();
    }

    private static String written(String flag) {
        return flag.equals("httpOnly") ? "HttpOnly" : "Secure";
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    }
}
