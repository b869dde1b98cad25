package dev.averment.checks.signinflow;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code sign-in-flow}. */
public final class SignInFlowCheck implements CheckType {

    @Override
    public String name() {
        return "sign-in-flow";
    }

    @Override
    public String description() {
        return "Signs in as a browser does, standing in for each provider: once with an honest answer, then with every other.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting(
                        "providers",
                        Kind.LIST,
                        false,
                        "Ids of providers, and password; all providers of the service where it is missing.")),
                List.of(
                        new Setting(
                                "required",
                                Kind.LIST,
                                false,
                                "pkce, state, nonce: named for readers; all are always demanded."),
                        new Setting(
                                "return",
                                Kind.TEXT,
                                false,
                                "signed-in: what people are who come back, under the cookies' SameSite."),
                        new Setting("sameSite", Kind.TEXT, false, "Of the cookie that then signs in: Strict or Lax."),
                        new Setting(
                                "appleClientSecret",
                                Kind.TEXT,
                                false,
                                "signed: the secret is a token that the service signs."),
                        new Setting("appleReturn", Kind.TEXT, false, "form-post: how Apple is asked to answer.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The check is the provider itself, on this machine and under the ids and the kind that the service knows: that"
                        + " Google or Apple answer as it does, and that the service is registered there rightly, is not seen.",
                "The browser is a program that keeps cookies and sends them by SameSite as the standard says; what a certain"
                        + " browser does otherwise is not seen.",
                "The provider's document and keys are fetched rarely and kept; a document that lies, and keys that change, are"
                        + " not tried.",
                "An answer that comes after more than ten minutes is not waited for.",
                "What the service does with the name and the access token that a provider gives is not looked at.");
    }

    @Override
    public Collector collector() {
        return new SignInFlowCollector();
    }

    @Override
    public Judge judge() {
        return new SignInFlowJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        boolean apple = expect.containsKey("appleClientSecret") || expect.containsKey("appleReturn");
        String provider = apple ? "apple" : "openid";
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject(
                SignInFlowCollector.PASSWORD,
                Map.of(
                        "kind",
                        "password",
                        "provider",
                        SignInFlowCollector.PASSWORD,
                        "signedIn",
                        true,
                        "wrongRefused",
                        true)));
        Map<String, Object> flow = new LinkedHashMap<>();
        flow.put("kind", "flow");
        flow.put("provider", provider);
        flow.put("signedIn", true);
        flow.put("arrived", true);
        flow.put("challenge", "S256");
        flow.put("verified", true);
        flow.put("state", true);
        flow.put("nonce", true);
        flow.put("redirect", true);
        flow.put("client", apple ? "signed" : "shared");
        flow.put("answer", apple ? "form-post" : "query");
        flow.put("uses", 1L);
        flow.put("sameSite", expect.getOrDefault("sameSite", "Strict"));
        flow.put("httpOnly", true);
        flow.put("secure", true);
        subjects.add(new Subject(ProviderTrial.name(provider, ProviderTrial.FLOW), flow));
        for (String attempt : ProviderTrial.attempts()) {
            subjects.add(new Subject(
                    ProviderTrial.name(provider, attempt),
                    Map.of(
                            "kind",
                            "attempt",
                            "provider",
                            provider,
                            "part",
                            "nonce",
                            "made",
                            true,
                            "refused",
                            true,
                            "status",
                            400L,
                            "codeUsed",
                            false)));
        }
        return new Facts(now, subjects, Map.of("ways", List.of(SignInFlowCollector.PASSWORD, provider)));
    }
}
