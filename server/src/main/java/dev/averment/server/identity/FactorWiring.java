package dev.averment.server.identity;

import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.factor.AttestationRoots;
import dev.averment.server.identity.factor.AuthenticatorApps;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Passkeys;
import dev.averment.server.identity.factor.RecoveryCodes;
import dev.averment.server.identity.factor.RelyingParty;
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
    AuthenticatorApps authenticatorApps(DataFolder data, OwnAddresses own, InstantSource clock) throws IOException {
        return new AuthenticatorApps(
                new SeedVault(data.secret("factor-key")), own.base().getHost(), clock);
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
    Passkeys passkeys(OwnAddresses own, DataFolder data, InstantSource clock) throws IOException {
        return new Passkeys(
                RelyingParty.of(own.base()), AttestationRoots.read(data.path(AttestationRoots.FILE)), clock);
    }

    @Bean
    FactorPolicy factorPolicy(Page page) {
        return FactorPolicy.of(page);
    }

    @Bean
    Factors factors(AuthenticatorApps apps, RecoveryCodes codes, Passkeys passkeys) {
        return new Factors(apps, codes, passkeys);
    }

    @Bean
    Doorway doorway(
            AccountRegister accounts,
            Factors factors,
            Tickets tickets,
            Sessions sessions,
            FactorPolicy policy,
            AuthEvents events,
            InstantSource clock) {
        return new Doorway(accounts, factors, tickets, sessions, policy, events, clock);
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
            Notices notices,
            Passkeys passkeys) {
        return new FactorSettings(
                transactions, accounts, apps, codes, factors, sessions, limits, events, notices, passkeys);
    }

    @Bean
    PasskeySettings passkeySettings(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Passkeys passkeys,
            Factors factors,
            Sessions sessions,
            AuthEvents events,
            Notices notices) {
        return new PasskeySettings(transactions, accounts, passkeys, factors, sessions, events, notices);
    }

    @Bean
    PasskeyDoor passkeyDoor(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Passkeys passkeys,
            Tickets tickets,
            Sessions sessions,
            Doorway doorway,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new PasskeyDoor(transactions, accounts, passkeys, tickets, sessions, doorway, limits, events, notices);
    }
}
