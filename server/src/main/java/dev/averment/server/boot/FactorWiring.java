package dev.averment.server.boot;

import dev.averment.server.database.DataFolder;
import dev.averment.server.identity.Doorway;
import dev.averment.server.identity.FactorSettings;
import dev.averment.server.identity.IdentityLimits;
import dev.averment.server.identity.IdentityTransactions;
import dev.averment.server.identity.Notices;
import dev.averment.server.identity.SecondFactor;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.factor.AuthenticatorApps;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.RecoveryCodes;
import dev.averment.server.identity.factor.SeedVault;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.session.Sessions;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts second factors together. */
@Configuration(proxyBeanMethods = false)
class FactorWiring {

    @Bean
    AuthenticatorApps authenticatorApps(DataFolder data, Prepared prepared, InstantSource clock) throws IOException {
        return new AuthenticatorApps(
                new SeedVault(data.secret("factor-key")), prepared.base().getHost(), clock);
    }

    @Bean
    RecoveryCodes recoveryCodes(InstantSource clock) {
        return new RecoveryCodes(clock);
    }

    @Bean
    Tickets tickets(InstantSource clock) {
        return new Tickets(clock);
    }

    @Bean
    Factors factors(AuthenticatorApps apps, RecoveryCodes codes) {
        return new Factors(apps, codes);
    }

    @Bean
    Doorway doorway(AccountRegister accounts, Factors factors, Tickets tickets, Sessions sessions, AuthEvents events) {
        return new Doorway(accounts, factors, tickets, sessions, events);
    }

    @Bean
    SecondFactor secondFactor(
            IdentityTransactions transactions,
            AccountRegister accounts,
            AuthenticatorApps apps,
            RecoveryCodes codes,
            Tickets tickets,
            Sessions sessions,
            Doorway doorway,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new SecondFactor(
                transactions, accounts, apps, codes, tickets, sessions, doorway, limits, events, notices);
    }

    @Bean
    FactorSettings factorSettings(
            IdentityTransactions transactions,
            AccountRegister accounts,
            AuthenticatorApps apps,
            RecoveryCodes codes,
            Factors factors,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new FactorSettings(transactions, accounts, apps, codes, factors, sessions, limits, events, notices);
    }
}
