package dev.averment.checks.tokenstorage;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is kept is the promised digest, and the token stands nowhere. */
final class TokenStorageJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            return judged(facts, new SettingReader(expect));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Judgement judged(Facts facts, SettingReader wanted) throws CollectException {
        String digest = wanted.text("digest").orElse("SHA-256");
        if (!digest.equals("SHA-256")) {
            throw SettingReader.refused("digest", digest, "SHA-256");
        }
        String plaintext = wanted.text("plaintext").orElse("nowhere");
        if (!plaintext.equals("nowhere")) {
            throw SettingReader.refused("plaintext", plaintext, "nowhere");
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No token was made.");
        }
        long tables = FactReader.number(facts.values(), "tables", 0);
        for (Subject token : facts.subjects()) {
            if (!(token.facts().get("inClear") instanceof List<?> places)) {
                return Judgement.unproven("Where " + token.name() + " was found is not among the facts.");
            }
            if (!places.isEmpty()) {
                return Judgement.failing("The database holds " + token.name() + " in clear: "
                        + String.join(", ", FactReader.texts(token.facts(), "inClear")) + ".");
            }
            String stored = FactReader.text(token.facts(), "stored");
            if (!FactReader.is(token.facts(), "kept") || stored.isEmpty()) {
                return Judgement.unproven("What is kept of " + token.name() + " was not found.");
            }
            if (!stored.equals(digest)) {
                return Judgement.failing("What is kept of " + token.name() + " is not its " + digest
                        + (stored.equals("unknown") ? "." : " but " + stored + "."));
            }
            if (!FactReader.is(token.facts(), "accepted")) {
                return Judgement.unproven(
                        "The service did not accept the token that was looked for, so that it may not be the one that is kept.");
            }
        }
        if (tables < 1) {
            return Judgement.unproven("No table was searched.");
        }
        return Judgement.proven("Of a token that was made and used, the database keeps its " + digest
                + "; in all rows of " + tables + " tables neither the token nor its secret was found.");
    }
}
