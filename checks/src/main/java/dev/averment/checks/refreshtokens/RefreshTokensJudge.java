package dev.averment.checks.refreshtokens;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.CookieJudgement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cookies are as promised, every exchange gives a new token, and one that is shown again ends the whole sign-in. */
final class RefreshTokensJudge implements Judge {
    static final String COOKIE = "the cookie ";

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            List<Subject> cookies = facts.subjects().stream()
                    .filter(s -> s.name().startsWith(COOKIE))
                    .toList();
            Optional<Map<String, Object>> rotation = facts(facts, RefreshTokensCollector.ROTATION);
            if (cookies.isEmpty() || rotation.isEmpty()) {
                return Judgement.unproven("Signing in set no cookie, or none was exchanged.");
            }
            Optional<Judgement> wrong = CookieJudgement.of(cookies, wanted);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            if (wanted.flag("singleUse")) {
                for (String fact : List.of("exchanged", "new", "exchangedAgain")) {
                    if (!FactReader.is(rotation.get(), fact)) {
                        return Judgement.failing(
                                switch (fact) {
                                    case "exchanged" -> "A new refresh token could not be exchanged.";
                                    case "new" -> "A refresh token was exchanged for itself.";
                                    default -> "The token that an exchange gave could not be exchanged in turn.";
                                });
                    }
                }
                if (FactReader.text(rotation.get(), "atOnceAgain").equals("another token")) {
                    return Judgement.failing("One refresh token was exchanged for two different ones.");
                }
            }
            return replay(facts, wanted, cookies.size());
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Judgement replay(Facts facts, SettingReader wanted, int cookies) throws CollectException {
        Map<String, Object> replay = facts(facts, RefreshTokensCollector.REPLAY).orElse(Map.of());
        Map<String, Object> family = facts(facts, RefreshTokensCollector.FAMILY).orElse(Map.of());
        if (!(replay.get("accepted") instanceof Boolean accepted)
                || !(family.get("accessToken") instanceof Boolean access)
                || !(family.get("refreshToken") instanceof Boolean refresh)) {
            return Judgement.unproven("No used token was shown again.");
        }
        if (!FactReader.is(replay, "before")) {
            return Judgement.unproven("The sign-in was over before a used token was shown, so its end says nothing.");
        }
        if (wanted.flag("singleUse") && accepted) {
            return Judgement.failing("A used refresh token was accepted again.");
        }
        if (wanted.flag("replayRevokesFamily") && (access || refresh)) {
            return Judgement.failing("After a used refresh token was shown again, the "
                    + (refresh ? "newest refresh token" : "access token") + " of that sign-in still worked.");
        }
        return Judgement.proven(
                "Two exchanges each gave a new token; the first one, shown again, was refused and ended the"
                        + " sign-in with all its tokens; " + (cookies == 1 ? "the cookie is" : cookies + " cookies are")
                        + " as promised.");
    }

    private static Optional<Map<String, Object>> facts(Facts facts, String subject) {
        return facts.subjects().stream()
                .filter(s -> s.name().equals(subject))
                .findFirst()
                .map(Subject::facts);
    }
}
