package dev.averment.checks.signinflow;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everybody gets in by an honest answer that was asked for, and nobody by any other. */
final class SignInFlowJudge implements Judge {
    static final Set<String> PARTS = Set.of("pkce", "state", "nonce");

    private static final Map<String, String> ONLY =
            Map.of("return", "signed-in", "appleClientSecret", "signed", "appleReturn", "form-post");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        var wanted = new SettingReader(expect);
        try {
            for (Map.Entry<String, String> only : ONLY.entrySet()) {
                String given = wanted.text(only.getKey()).orElse(only.getValue());
                if (!given.equals(only.getValue())) {
                    throw SettingReader.refused(only.getKey(), given, only.getValue());
                }
            }
            for (String part : wanted.texts("required")) {
                if (!PARTS.contains(part)) {
                    throw SettingReader.refused("required", part, "some of pkce, state and nonce");
                }
            }
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        List<String> ways = FactReader.texts(facts.values(), "ways");
        if (ways.isEmpty() || facts.subjects().isEmpty()) {
            return Judgement.unproven("Nobody tried to sign in.");
        }
        Optional<Judgement> bad = Optional.empty();
        for (Subject subject : facts.subjects()) {
            Optional<Judgement> said = of(subject, wanted);
            // What is known to be wrong counts before what is not known.
            if (said.isPresent() && (bad.isEmpty() || !refutes(bad.get()))) {
                bad = said;
            }
        }
        return bad.orElseGet(() -> whole(facts, ways));
    }

    private static boolean refutes(Judgement said) {
        return said.verdict() == dev.averment.claims.Verdict.FAILING;
    }

    private static Optional<Judgement> of(Subject subject, SettingReader wanted) {
        return switch (FactReader.text(subject.facts(), "kind")) {
            case "password" -> password(subject.facts());
            case "flow" -> flow(subject.facts(), wanted);
            case "attempt" -> attempt(subject);
            default -> Optional.of(Judgement.unproven("It is not known what " + subject.name() + " is."));
        };
    }

    private static Optional<Judgement> password(Map<String, Object> facts) {
        if (!(facts.get("signedIn") instanceof Boolean signedIn)
                || !(facts.get("wrongRefused") instanceof Boolean refused)) {
            return Optional.of(Judgement.unproven("Nobody tried to sign in with a password."));
        }
        if (!refused) {
            return Optional.of(Judgement.failing("A wrong password signs in."));
        }
        return signedIn ? Optional.empty() : Optional.of(Judgement.failing("The right password signs nobody in."));
    }

    private static Optional<Judgement> flow(Map<String, Object> facts, SettingReader wanted) {
        String provider = FactReader.text(facts, "provider");
        if (!(facts.get("signedIn") instanceof Boolean signedIn)) {
            return Optional.of(Judgement.unproven("Nobody tried to sign in with " + provider + "."));
        }
        boolean apple = provider.equals("apple");
        String sameSite = FactReader.text(facts, "sameSite");
        String promised = wanted.text("sameSite").orElse(sameSite);
        String client = FactReader.text(facts, "client");
        String answer = FactReader.text(facts, "answer");
        String wrong = "";
        if (!FactReader.text(facts, "challenge").equals("S256")) {
            wrong = "The service asks " + provider + " for a code without a PKCE challenge of SHA-256.";
        } else if (!FactReader.is(facts, "state")) {
            wrong = "The service sends " + provider + " no random state.";
        } else if (!FactReader.is(facts, "nonce")) {
            wrong = "The service sends " + provider + " no random nonce.";
        } else if (apple && wanted.has("appleReturn") && !answer.equals("form-post")) {
            wrong = "Apple is not asked to answer with a form, as it must be by those who ask for an address.";
        } else if (!FactReader.is(facts, "redirect")) {
            wrong = "The address to which " + provider
                    + " shall send people back is not the service's own, to the letter.";
        } else if (FactReader.number(facts, "uses", 0) == 0) {
            wrong = "Who comes back from " + provider
                    + " with an honest answer is turned away, and the code is not used.";
        } else if (client.equals("none")) {
            wrong = "The service does not prove to " + provider + " who it is.";
        } else if (apple && wanted.has("appleClientSecret") && !client.equals("signed")) {
            wrong = "The secret that Apple is shown is none that was signed for it.";
        } else if (!FactReader.is(facts, "verified")) {
            wrong = "The PKCE verifier that " + provider + " is shown does not fit the challenge.";
        } else if (FactReader.number(facts, "uses", 0) != 1) {
            wrong = "A code of " + provider + " was used " + FactReader.number(facts, "uses", 0) + " times.";
        } else if (!signedIn) {
            wrong = "Who comes back from " + provider + " with an honest answer is not signed in.";
        } else if (!FactReader.is(facts, "arrived")) {
            wrong = "Who comes back from " + provider + " is not brought to the page that was asked for.";
        } else if (!sameSite.equalsIgnoreCase(promised) || sameSite.isEmpty()) {
            wrong = "The cookie that signs in who comes from " + provider + " has SameSite="
                    + (sameSite.isEmpty() ? "nothing" : sameSite)
                    + (promised.isEmpty() ? "." : ", not " + promised + ".");
        } else if (!FactReader.is(facts, "httpOnly") || !FactReader.is(facts, "secure")) {
            wrong = "The cookie that signs in who comes from " + provider + " lacks HttpOnly or Secure.";
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(Judgement.failing(wrong));
    }

    private static Optional<Judgement> attempt(Subject subject) {
        if (!FactReader.is(subject.facts(), "made") || !(subject.facts().get("refused") instanceof Boolean refused)) {
            return Optional.of(Judgement.unproven(
                    "It could not be tried what becomes of " + subject.name() + "; see why it never got there."));
        }
        return refused ? Optional.empty() : Optional.of(Judgement.failing("It is taken: " + subject.name() + "."));
    }

    private static Judgement whole(Facts facts, List<String> ways) {
        Map<String, Integer> attempts = new HashMap<>();
        Map<String, Integer> flows = new HashMap<>();
        for (Subject subject : facts.subjects()) {
            boolean attempt = FactReader.text(subject.facts(), "kind").equals("attempt");
            (attempt ? attempts : flows).merge(FactReader.text(subject.facts(), "provider"), 1, Integer::sum);
        }
        int all = 0;
        for (String way : ways) {
            int made = attempts.getOrDefault(way, 0);
            boolean password = way.equals(SignInFlowCollector.PASSWORD);
            if (flows.getOrDefault(way, 0) != 1
                    || !password && made < ProviderTrial.attempts().size()) {
                return Judgement.unproven("Not everything that can go wrong with " + way + " is among the facts.");
            }
            all += made;
        }
        return Judgement.proven("Signing in works with " + String.join(", ", ways)
                + (all == 0
                        ? "."
                        : ", by the code flow with PKCE, state and nonce; " + all
                                + " other answers of providers were refused."));
    }
}
