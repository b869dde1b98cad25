package dev.averment.checks.accountlinking;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.signin.OthersDoor;
import dev.averment.checks.signin.StandIn;
import dev.averment.checks.target.ProviderService;
import dev.averment.checks.target.ProviderService.Named;
import dev.averment.checks.target.SignInService;
import java.util.List;
import java.util.Map;

/** Links accounts of the check's own with people of a provider that it stands in for, rightly and in every other way. */
final class AccountLinkingCollector implements Collector {

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        ProviderService providers = OthersDoor.providers(service);
        List<Named> all = providers.providers(look.clock().instant());
        if (all.isEmpty()) {
            throw new CollectException(
                    "The service has no provider, so no account is linked with one; name it in a file of"
                            + " the data folder, as docs/operating.md says, or prove the page on a server made for it: aver prove"
                            + " PAGE, without --target.");
        }
        String wanted = new SettingReader(look.with())
                .text("provider")
                .orElse(all.getFirst().id());
        Named provider = OthersDoor.named(all, wanted);
        try (StandIn standIn = StandIn.open(List.of(provider), look.clock())) {
            var trial = new LinkTrial(service, providers, new OthersDoor(service, providers, standIn), provider);
            return new Facts(look.clock().instant(), trial.all(), Map.of("provider", provider.id()));
        }
    }
}
