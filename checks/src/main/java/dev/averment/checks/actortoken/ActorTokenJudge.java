package dev.averment.checks.actortoken;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Good requests are let in, nothing else is, the token alone says who it is, and its key is nobody else's to read. */
final class ActorTokenJudge implements Judge {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            if (facts.subjects().isEmpty()) {
                return Judgement.unproven("No call between services was tried.");
            }
            var wanted = new SettingReader(expect);
            Map<String, Object> values = facts.values();
            // Before the rest: keys that lie open are refused by the services themselves, and nobody is let in.
            if (!(values.get("keyOpenToOthers") instanceof Boolean open)) {
                return Judgement.unproven("Who may read the key is not among the facts.");
            }
            if (open) {
                return Judgement.failing("The file with the key has the permissions "
                        + FactReader.text(values, "keyPermissions") + ": others can take the key and sign.");
            }
            List<String> needed = new ArrayList<>(ActorTokenCollector.ATTEMPTS);
            wanted.texts("refused").stream().filter(r -> !needed.contains(r)).forEach(needed::add);
            needed.add(ActorTokenCollector.CONTROL);
            needed.add(ActorTokenCollector.TRULY_SIGNED);
            for (Subject request : facts.subjects()) {
                needed.remove(request.name());
                boolean good = request.name().equals(ActorTokenCollector.CONTROL)
                        || request.name().equals(ActorTokenCollector.TRULY_SIGNED);
                if (!(request.facts().get("accepted") instanceof Boolean accepted)) {
                    return Judgement.unproven(
                            "Whether this was accepted is not among the facts: " + request.name() + ".");
                }
                if (good && !accepted) {
                    return Judgement.unproven("Refused was " + request.name() + ", so the other refusals say nothing.");
                }
                if (!good && accepted) {
                    return Judgement.failing("The service accepted tokens that were wrong: " + request.name() + ".");
                }
            }
            if (!needed.isEmpty()) {
                return Judgement.unproven("Nobody tried what was promised to be refused: " + needed.getFirst() + ".");
            }
            return values(values, wanted, facts.subjects().size() - 2);
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Judgement values(Map<String, Object> values, SettingReader wanted, int refused)
            throws CollectException {
        String algorithm = FactReader.text(values, "algorithm");
        if (!algorithm.equals("HS256")) {
            return algorithm.isEmpty()
                    ? Judgement.unproven("How the tokens are signed is not among the facts.")
                    : Judgement.failing("The tokens are signed with " + algorithm + " and not with an HMAC, HS256.");
        }
        String from = FactReader.text(values, "identifierFrom");
        if (from.isEmpty() || from.equals("elsewhere")) {
            return Judgement.unproven("Whose id the service went by is not among the facts.");
        }
        if (!from.equals("token") && !from.equals("refused")) {
            return Judgement.failing("The service took the person's id from a " + from + " beside the token.");
        }
        Duration most = wanted.map("lifetime").duration("max").orElse(MINUTE);
        long lives = FactReader.number(values, "lifetimeSeconds", -1);
        long longest = FactReader.number(values, "longestAcceptedSeconds", -1);
        if (lives <= 0 || longest < lives) {
            return Judgement.unproven("How long a token lives is not among the facts.");
        }
        if (longest > most.toSeconds()) {
            return Judgement.failing("The service accepts a token that lives for " + longest + " s where at most "
                    + most.toSeconds() + " s are promised.");
        }
        long processes = FactReader.number(values, "processes", 0);
        if (processes < 2) {
            return Judgement.unproven("Caller and callee were one process, so nothing was exchanged between services.");
        }
        if (FactReader.number(values, "keys", 0) < 1) {
            return Judgement.unproven("How many keys the pair has is not among the facts.");
        }
        return Judgement.proven("A service called another, in a process of its own, on behalf of a person, with tokens"
                + " signed with HS256 that live for " + lives + " s; " + refused
                + " others, each wrong in one thing, were refused, and who it was came from the token alone.");
    }
}
