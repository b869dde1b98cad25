package dev.averment.checks.signinflow;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.OthersDoor;
import dev.averment.checks.signin.StandIn;
import dev.averment.checks.target.ProviderService;
import dev.averment.checks.target.ProviderService.Named;
import dev.averment.checks.target.SignInService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Signs in in every way that is named, and, where that is a provider, stands in for it and lies. */
final class SignInFlowCollector implements Collector {
    /** The way in that is no provider. */
    static final String PASSWORD = "password";

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        List<String> ways = new SettingReader(look.with()).texts("providers");
        List<Subject> subjects = new ArrayList<>();
        List<String> looked = new ArrayList<>();
        if (ways.contains(PASSWORD)) {
            subjects.add(password(service));
            looked.add(PASSWORD);
        }
        if (ways.isEmpty() || ways.stream().anyMatch(way -> !way.equals(PASSWORD))) {
            ProviderService providers = OthersDoor.providers(service);
            List<Named> all = providers.providers(look.clock().instant());
            List<Named> named = new ArrayList<>();
            for (String way : ways) {
                if (!way.equals(PASSWORD)) {
                    named.add(OthersDoor.named(all, way));
                }
            }
            if (ways.isEmpty()) {
                named.addAll(all);
            }
            if (named.isEmpty()) {
                throw new CollectException(
                        "The service has no provider, so nobody signs in with one; name it in a file of"
                                + " the data folder, as docs/operating.md says.");
            }
            try (StandIn standIn = StandIn.open(named, look.clock())) {
                var door = new OthersDoor(service, providers, standIn);
                for (Named provider : named) {
                    subjects.addAll(new ProviderTrial(service, providers, door, provider).all(named));
                    looked.add(provider.id());
                }
            }
        }
        return new Facts(look.clock().instant(), subjects, Map.of("ways", looked));
    }

    private static Subject password(SignInService service) throws CollectException {
        try (Canary canary = Canary.confirmed(service)) {
            String right = canary.password();
            canary.changedPassword(Canary.newPassword());
            boolean wrong = canary.signIn().isPresent();
            canary.changedPassword(right);
            return new Subject(
                    PASSWORD,
                    Map.of(
                            "kind",
                            "password",
                            "provider",
                            PASSWORD,
                            "signedIn",
                            canary.signIn().isPresent(),
                            "wrongRefused",
                            !wrong));
        }
    }
}
