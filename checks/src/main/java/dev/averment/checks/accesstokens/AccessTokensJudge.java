package dev.averment.checks.accesstokens;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The issued token is as promised and opens the account, so does the control, and nothing else does. */
final class AccessTokensJudge implements Judge {
    private static final List<String> NEEDED = List.of(
            AccessTokensCollector.ISSUED,
            AccessTokensCollector.UNSIGNED,
            AccessTokensCollector.OTHER_KEY,
            AccessTokensCollector.ALTERED,
            AccessTokensCollector.CONTROL,
            AccessTokensCollector.EXPIRED);

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            Optional<Duration> longest = wanted.map("lifetime").duration("max");
            long refused = 0;
            for (Subject token : facts.subjects()) {
                boolean good = token.name().equals(AccessTokensCollector.ISSUED)
                        || token.name().equals(AccessTokensCollector.CONTROL);
                if (!(token.facts().get("accepted") instanceof Boolean accepted)) {
                    return Judgement.unproven("Whether " + token.name() + " was accepted is not among the facts.");
                }
                if (good && !accepted) {
                    return Judgement.unproven(
                            "The service refused " + token.name() + ", so its other refusals say nothing.");
                }
                if (!good && accepted) {
                    return Judgement.failing("The service accepted " + token.name() + ".");
                }
                refused += good ? 0 : 1;
            }
            for (String name : NEEDED) {
                if (facts.subjects().stream().noneMatch(s -> s.name().equals(name))) {
                    return Judgement.unproven(
                            "Nobody tried " + name + ": the target shows no key of its tokens, or none was issued.");
                }
            }
            Map<String, Object> issued = facts.subjects().stream()
                    .filter(s -> s.name().equals(AccessTokensCollector.ISSUED))
                    .findFirst()
                    .map(Subject::facts)
                    .orElse(Map.of());
            String algorithm = FactReader.text(issued, "algorithm");
            if (!algorithm.equals(wanted.text("algorithm").orElse(algorithm))) {
                return Judgement.failing("A token was signed with " + algorithm + ", not "
                        + wanted.text("algorithm").orElse("") + ".");
            }
            long life = FactReader.number(issued, "lifetimeSeconds", -1);
            if (life <= 0) {
                return Judgement.unproven("The life of a token is not among the facts.");
            }
            if (longest.isPresent() && life > longest.get().toSeconds()) {
                return Judgement.failing("A token lives for " + life + " s where at most "
                        + longest.get().toSeconds() + " s are promised.");
            }
            return Judgement.proven("A token is signed with " + algorithm + " and lives for " + life + " s; " + refused
                    + " others, each wrong in one thing, were refused, and one that was right in all was accepted.");
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }
}
