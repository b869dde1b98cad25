package dev.averment.server.boot;

import dev.averment.server.database.DataFolder;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.identity.AccountSettings;
import dev.averment.server.identity.IdentityLimits;
import dev.averment.server.identity.IdentityTransactions;
import dev.averment.server.identity.Notices;
import dev.averment.server.identity.PasswordReset;
import dev.averment.server.identity.SignIn;
import dev.averment.server.identity.SignUp;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailedTokens;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.password.HashingPool;
import dev.averment.server.identity.password.PasswordPolicy;
import dev.averment.server.identity.password.PasswordRules;
import dev.averment.server.identity.password.Passwords;
import dev.averment.server.identity.session.KeyRotation;
import dev.averment.server.identity.session.SessionPolicy;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.session.SigningKeys;
import dev.averment.server.limits.Limits;
import dev.averment.server.limits.LocalLimits;
import dev.averment.server.outbound.MailOutbox;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts identity together, under the policy of the page in force. */
@Configuration(proxyBeanMethods = false)
class IdentityWiring {
    @Bean
    Limits limits(InstantSource clock) {
        return new LocalLimits(clock);
    }

    @Bean
    MailOutbox mailOutbox(Prepared prepared, InstantSource clock) throws IOException {
        return new MailOutbox(prepared.data(), "averment@" + prepared.base().getHost(), clock);
    }

    @Bean
    Disclosures disclosures(DataFolder data) throws IOException {
        return new Disclosures(data.secret("disclosure-key"));
    }

    @Bean
    IdentityTransactions identityTransactions(RolePools pools, Seal seal) {
        return new IdentityTransactions(new Workspaces(pools.of(Role.AUTH), seal));
    }

    @Bean
    AuthEvents authEvents(LeafStore leaves, Disclosures disclosures, InstantSource clock) {
        return new AuthEvents(leaves, disclosures, clock);
    }

    @Bean
    AccountRegister accountRegister(InstantSource clock) {
        return new AccountRegister(clock);
    }

    @Bean
    MailedTokens mailedTokens(InstantSource clock) {
        return new MailedTokens(clock);
    }

    @Bean
    PasswordPolicy passwordPolicy(Prepared prepared) {
        return PasswordPolicy.of(prepared.page());
    }

    @Bean
    HashingPool hashingPool() {
        return new HashingPool(Runtime.getRuntime().availableProcessors(), 64, Duration.ofSeconds(2));
    }

    @Bean
    Passwords passwords(PasswordPolicy policy, HashingPool pool) {
        return new Passwords(policy, pool);
    }

    @Bean
    PasswordRules passwordRules(PasswordPolicy policy) {
        return new PasswordRules(policy);
    }

    @Bean
    SessionPolicy sessionPolicy(Prepared prepared) {
        return SessionPolicy.of(prepared.page());
    }

    @Bean
    SigningKeys signingKeys(SessionPolicy policy, DataFolder data, InstantSource clock) throws IOException {
        return SigningKeys.open(data, policy, clock);
    }

    @Bean
    KeyRotation keyRotation(SigningKeys keys) {
        return new KeyRotation(keys, KeyRotation.EVERY);
    }

    @Bean
    Sessions sessions(SessionPolicy policy, SigningKeys keys, Prepared prepared, InstantSource clock) {
        return new Sessions(
                policy, keys.cookies(), keys.accessTokens(), prepared.base().toString(), clock);
    }

    @Bean
    Notices notices(MailOutbox outbox, Prepared prepared) {
        return new Notices(outbox, prepared.base());
    }

    @Bean
    IdentityLimits identityLimits(Limits limits, Prepared prepared) {
        return IdentityLimits.of(limits, prepared.page());
    }

    @Bean
    SignUp signUp(
            IdentityTransactions transactions,
            AccountRegister accounts,
            MailedTokens tokens,
            Passwords passwords,
            PasswordRules rules,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new SignUp(transactions, accounts, tokens, passwords, rules, limits, events, notices);
    }

    @Bean
    SignIn signIn(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Passwords passwords,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new SignIn(transactions, accounts, passwords, sessions, limits, events, notices);
    }

    @Bean
    PasswordReset passwordReset(
            IdentityTransactions transactions,
            AccountRegister accounts,
            MailedTokens tokens,
            Passwords passwords,
            PasswordRules rules,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new PasswordReset(transactions, accounts, tokens, passwords, rules, sessions, limits, events, notices);
    }

    @Bean
    AccountSettings accountSettings(
            IdentityTransactions transactions,
            AccountRegister accounts,
            MailedTokens tokens,
            Passwords passwords,
            PasswordRules rules,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        return new AccountSettings(transactions, accounts, tokens, passwords, rules, sessions, limits, events, notices);
    }
}
