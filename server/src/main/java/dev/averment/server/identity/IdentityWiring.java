package dev.averment.server.identity;

import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.Role;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.evidence.Origins;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailedTokens;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.password.HashingPool;
import dev.averment.server.identity.password.PasswordPolicy;
import dev.averment.server.identity.password.PasswordRules;
import dev.averment.server.identity.password.Passwords;
import dev.averment.server.identity.provider.Links;
import dev.averment.server.identity.provider.Provider;
import dev.averment.server.identity.provider.Providers;
import dev.averment.server.identity.purge.Purge;
import dev.averment.server.identity.purge.PurgeWindows;
import dev.averment.server.identity.session.KeyRotation;
import dev.averment.server.identity.session.SessionPolicy;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.session.SigningKeys;
import dev.averment.server.identity.token.ApiTokens;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.limits.Limits;
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
    MailOutbox mailOutbox(DataFolder data, OwnAddresses own, InstantSource clock) throws IOException {
        return new MailOutbox(data, "averment@" + own.base().getHost(), clock);
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
    PasswordPolicy passwordPolicy(Page page) {
        return PasswordPolicy.of(page);
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
    SessionPolicy sessionPolicy(Page page) {
        return SessionPolicy.of(page);
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
    Purge purge(RolePools pools, Seal seal, Workspaces workspaces, Page page, InstantSource clock) {
        return new Purge(new Workspaces(pools.of(Role.AUTH), seal), workspaces, PurgeWindows.of(page), clock);
    }

    @Bean
    Sessions sessions(SessionPolicy policy, SigningKeys keys, OwnAddresses own, InstantSource clock) {
        return new Sessions(
                policy, keys.cookies(), keys.accessTokens(), own.base().toString(), clock);
    }

    @Bean
    Notices notices(MailOutbox outbox, OwnAddresses own) {
        return new Notices(outbox, own.base());
    }

    @Bean
    IdentityLimits identityLimits(Limits limits, Page page, InstantSource clock) {
        return IdentityLimits.of(limits, page, clock);
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
            Notices notices,
            Doorway doorway) {
        return new SignIn(transactions, accounts, passwords, sessions, limits, events, notices, doorway);
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
            Notices notices,
            Factors factors,
            Links links,
            Providers providers) {
        return new PasswordReset(
                transactions,
                accounts,
                tokens,
                passwords,
                rules,
                sessions,
                limits,
                events,
                notices,
                factors,
                links,
                issuer -> providers.byIssuer(issuer).map(Provider::name).orElse(issuer));
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
            Notices notices,
            Factors factors,
            Tickets tickets) {
        return new AccountSettings(
                transactions, accounts, tokens, passwords, rules, sessions, limits, events, notices, factors, tickets);
    }

    @Bean
    AccountOperations accountOperations(
            IdentityTransactions transactions,
            AccountRegister accounts,
            MailedTokens tokens,
            Sessions sessions,
            AuthEvents events,
            Notices notices) {
        return new AccountOperations(transactions, accounts, tokens, sessions, events, notices);
    }

    @Bean
    WorkspaceAccess workspaceAccess(Workspaces workspaces) {
        return new WorkspaceAccess(workspaces);
    }

    @Bean
    WorkspaceMembers workspaceMembers(
            Workspaces workspaces, WorkspaceAccess access, LeafStore leaves, Origins origins, InstantSource clock) {
        return new WorkspaceMembers(workspaces, access, leaves, origins::of, clock);
    }

    @Bean
    ApiTokens apiTokens(
            IdentityTransactions transactions,
            WorkspaceAccess access,
            AccountRegister accounts,
            AuthEvents events,
            Notices notices,
            InstantSource clock) {
        return new ApiTokens(transactions, access, accounts, events, notices, clock);
    }

    @Bean
    Presence presence(IdentityTransactions transactions, Sessions sessions, ApiTokens tokens, WorkspaceAccess access) {
        return new Presence(transactions, sessions, tokens, access);
    }

    @Bean
    People people(
            IdentityTransactions transactions,
            AccountRegister accounts,
            WorkspaceMembers workspaces,
            IdentityLimits limits,
            Notices notices) {
        return new People(transactions, accounts, workspaces, limits, notices);
    }
}
