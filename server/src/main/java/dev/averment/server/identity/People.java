package dev.averment.server.identity;

import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailAddress;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Invitation;
import dev.averment.server.identity.workspace.Member;
import dev.averment.server.identity.workspace.MemberRole;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings accounts and workspaces together. The two are in different hands in the database: the role that reads accounts
 * sees no workspace's rows, and the role that reads those sees no account.
 */
public final class People implements Farewell {
    /** Workspaces that one account may be in and still make another. */
    private static final int OWNED = 50;

    /** Workspaces that one account may be in; every list of them is whole. */
    static final int JOINED = 200;

    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final WorkspaceMembers workspaces;
    private final IdentityLimits limits;
    private final Notices notices;

    public People(
            IdentityTransactions transactions,
            AccountRegister accounts,
            WorkspaceMembers workspaces,
            IdentityLimits limits,
            Notices notices) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.workspaces = workspaces;
        this.limits = limits;
        this.notices = notices;
    }

    /** A member with what the account says. */
    public record Named(Member member, String name, String email) {}

    /** A name for a workspace or a token, without blanks around it; empty for one that can't be shown safely. */
    public static Optional<String> title(String typed) {
        return Inputs.name(typed);
    }

    /** The workspaces that somebody is in. */
    public List<WorkspaceMembers.Seen> workspacesOf(Caller.Person caller) {
        return ids(caller).stream()
                .flatMap(id -> workspaces.seen(caller, id).stream())
                .toList();
    }

    private List<UUID> ids(Caller.Person caller) {
        return transactions.in(jdbc -> workspaces.idsOf(jdbc, caller.account()));
    }

    /**
     * Leaves what somebody came into while his account was being deleted: whoever comes in looks for the account afterwards, and
     * whoever deletes it looks for memberships afterwards, so one of the two finds the other.
     */
    @Override
    public void sweep(Caller.Person gone) {
        for (UUID id : ids(gone)) {
            workspaces.leaveForGood(gone, id);
        }
    }

    private boolean isThere(Caller.Person caller) {
        return transactions.in(jdbc -> accounts.byId(jdbc, caller.account())).isPresent();
    }

    /** Leaves every workspace, for somebody who is about to go for good; leaves none while one would be without an owner. */
    @Override
    public Outcome<Boolean> leave(Caller.Person caller) {
        List<UUID> ids = ids(caller);
        for (UUID id : ids) {
            if (workspaces.needs(caller, id)) {
                return Outcome.refused(WorkspaceMembers.LAST_OWNER);
            }
        }
        for (UUID id : ids) {
            if (workspaces.leave(caller, id) instanceof Outcome.Refused<Boolean> refused
                    && refused.why() instanceof Refusal.Conflict) {
                return refused;
            }
        }
        return Outcome.done(true);
    }

    public Outcome<UUID> createWorkspace(Caller.Person caller, String typedName) {
        Optional<String> name = Inputs.name(typedName);
        if (name.isEmpty()) {
            return Outcome.refused(Inputs.BAD_NAME);
        }
        if (ids(caller).size() >= OWNED) {
            return Outcome.refused(new Refusal.Conflict(
                    "too-many-workspaces", "An account may be in " + OWNED + " workspaces. Leave one first."));
        }
        UUID made = workspaces.create(caller, name.get());
        if (!isThere(caller)) {
            sweep(caller);
            return Outcome.refused(new Refusal.NotFound());
        }
        return Outcome.done(made);
    }

    public Outcome<Boolean> renameWorkspace(Entrance entrance, String typedName) {
        return Inputs.name(typedName)
                .map(name -> workspaces.rename(entrance, name))
                .orElseGet(() -> Outcome.refused(Inputs.BAD_NAME));
    }

    /** Ends a workspace; everybody who was in it is told by mail. */
    public Outcome<Boolean> deleteWorkspace(Entrance entrance, String typedName) {
        return switch (workspaces.delete(entrance, typedName)) {
            case Outcome.Refused<WorkspaceMembers.Deleted> refused -> Outcome.refused(refused.why());
            case Outcome.Done<WorkspaceMembers.Deleted>(WorkspaceMembers.Deleted gone) -> {
                List<Account> told = transactions.in(jdbc -> gone.accounts().stream()
                        .flatMap(id -> accounts.byId(jdbc, id).stream())
                        .toList());
                told.forEach(account -> notices.workspaceDeleted(account.email(), gone.name()));
                yield Outcome.done(true);
            }
        };
    }

    public Outcome<List<Named>> members(Entrance entrance) {
        return switch (workspaces.members(entrance)) {
            case Outcome.Refused<List<Member>> refused -> Outcome.refused(refused.why());
            case Outcome.Done<List<Member>> done ->
                transactions.in(jdbc -> Outcome.done(done.value().stream()
                        .map(member -> {
                            Optional<Account> account = accounts.byId(jdbc, member.account());
                            return new Named(
                                    member,
                                    account.map(Account::name).orElse("(deleted)"),
                                    account.map(Account::email).orElse(""));
                        })
                        .toList()));
        };
    }

    /** Mails the invitation; whether its address has an account makes no difference to anybody but its owner. */
    public Outcome<Invitation> invite(Entrance entrance, String typedAddress, MemberRole role) {
        Optional<MailAddress> address = MailAddress.parse(typedAddress);
        if (address.isEmpty()) {
            return Outcome.refused(Inputs.BAD_ADDRESS);
        }
        Optional<IdentityLimits.Wait> wait = limits.invitation(
                entrance.caller().account().toString(), address.get().text());
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        return switch (workspaces.invite(entrance, address.get().text(), role)) {
            case Outcome.Refused<WorkspaceMembers.Invited> refused -> Outcome.refused(refused.why());
            case Outcome.Done<WorkspaceMembers.Invited> done -> {
                notices.invitation(address.get().text(), done.value().code(), WorkspaceMembers.INVITATION_LIFE);
                yield Outcome.done(done.value().invitation());
            }
        };
    }

    /** Comes in; the invitation must have been mailed to the account's own, confirmed address. */
    public Outcome<UUID> accept(Caller.Person caller, String code) {
        Optional<Account> account = transactions.in(jdbc -> accounts.byId(jdbc, caller.account()));
        if (account.filter(Account::verified).isEmpty()) {
            return Outcome.refused(new Refusal.BadToken());
        }
        if (ids(caller).size() >= JOINED) {
            return Outcome.refused(new Refusal.Conflict(
                    "too-many-memberships",
                    "An account may be in " + JOINED + " workspaces. Leave one first; your invitation stays good until"
                            + " then."));
        }
        Outcome<UUID> in = workspaces.accept(caller, account.get().email(), code);
        if (in instanceof Outcome.Done<UUID> && !isThere(caller)) {
            sweep(caller);
            return Outcome.refused(new Refusal.NotFound());
        }
        return in;
    }
}
