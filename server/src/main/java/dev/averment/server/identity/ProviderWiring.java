package dev.averment.server.identity;

import dev.averment.server.database.DataFolder;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.provider.Flows;
import dev.averment.server.identity.provider.Links;
import dev.averment.server.identity.provider.ProviderFiles;
import dev.averment.server.identity.provider.Providers;
import dev.averment.server.identity.session.Sessions;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts signing in with others together. */
@Configuration(proxyBeanMethods = false)
class ProviderWiring {

    @Bean(destroyMethod = "close")
    Providers providers(DataFolder data, OwnAddresses own, InstantSource clock) throws IOException {
        return new Providers(ProviderFiles.read(data.path(ProviderFiles.FOLDER), clock.instant()), own.base(), clock);
    }

    @Bean
    Flows flows(InstantSource clock) {
        return new Flows(clock);
    }

    @Bean
    Links links(InstantSource clock) {
        return new Links(clock);
    }

    @Bean
    ProviderLinks providerLinks(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Providers providers,
            Flows flows,
            Links links,
            Tickets tickets,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new ProviderLinks(
                transactions, accounts, providers, flows, links, tickets, sessions, limits, events, notices);
    }

    @Bean
    ProviderProof providerProof(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Providers providers,
            Flows flows,
            Links links,
            Factors factors,
            Tickets tickets,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events) {
        return new ProviderProof(
                transactions, accounts, providers, flows, links, factors, tickets, sessions, limits, events);
    }

    @Bean
    ProviderDoor providerDoor(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Providers providers,
            Flows flows,
            Links links,
            ProviderLinks linking,
            ProviderProof proof,
            Doorway doorway,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new ProviderDoor(
                transactions, accounts, providers, flows, links, linking, proof, doorway, limits, events, notices);
    }
}
