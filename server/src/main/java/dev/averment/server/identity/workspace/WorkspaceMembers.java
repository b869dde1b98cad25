package dev.averment.server.identity.workspace;

import dev.averment.evidence.merkle.Hash;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.WorkspaceStore;
import dev.averment.server.tenancy.Workspaces;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Workspaces and who is in them. A workspace always has an owner: the last one can neither leave nor become less. Nobody
 * gives or takes a role that his own does not govern.
 */
public final class WorkspaceMembers {
    /** How long an invitation is good. */
    public static final Duration INVITATION_LIFE = Duration.ofDays(7);

    /** Members of a workspace; every list of them is whole. */
    public static final int MOST_MEMBERS = MemberStore.MOST;

    static final int MOST_INVITATIONS = InvitationStore.MOST;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern CODE =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");
    public static final Refusal LAST_OWNER = new Refusal.Conflict(
            "last-owner", "A workspace has at least one owner. Make somebody else an owner first.");

    private final MemberStore members = new MemberStore();
    private final InvitationStore invitations = new InvitationStore();
    private final WorkspaceStore store = new WorkspaceStore();
    private final Workspaces workspaces;
    private final WorkspaceAccess access;
    private final LeafStore leaves;
    private final Function<UUID, String> origins;
    private final InstantSource clock;
    private final List<MemberListener> listeners = new CopyOnWriteArrayList<>();

    /** @param origins names the log of a workspace that is being made */
    public WorkspaceMembers(
            Workspaces workspaces,
            WorkspaceAccess access,
            LeafStore leaves,
            Function<UUID, String> origins,
            InstantSource clock) {
        this.workspaces = workspaces;
        this.access = access;
        this.leaves = leaves;
        this.origins = origins;
        this.clock = clock;
    }

    /** Told of everybody who goes from now on; of those of a workspace that is deleted nobody is told. */
    public void onGone(MemberListener listener) {
        listeners.add(listener);
    }

    /** @param code to be mailed: whoever has it and the invited address may come in */
    public record Invited(Invitation invitation, String code) {
        @Override
        public String toString() {
            return invitation.toString();
        }
    }

    /** Makes a workspace with its log; whoever makes it owns it. */
    public UUID create(Caller.Person owner, String name) {
        UUID workspace = UUID.randomUUID();
        var context = new WorkspaceContext(workspace, owner.actor());
        return workspaces.in(context, jdbc -> {
            leaves.open(jdbc, context, origins.apply(workspace));
            store.insert(jdbc, workspace, name, "customer");
            members.insert(jdbc, workspace, owner.account(), MemberRole.OWNER);
            return workspace;
        });
    }

    /** Name of the workspace and the caller's role in it. */
    public record Seen(UUID workspace, String name, MemberRole role) {}

    /** Ids of the workspaces that somebody is in, asked by the role that signs people in: it may read that and no more. */
    public List<UUID> idsOf(JdbcClient identity, UUID account) {
        return members.workspacesOf(identity, account);
    }

    /** A workspace as one of its members sees it, whatever his role; empty for everybody else. */
    public Optional<Seen> seen(Caller.Person caller, UUID workspace) {
        return workspaces.reading(
                new WorkspaceContext(workspace, caller.actor()),
                jdbc -> members.role(jdbc, workspace, caller.account())
                        .map(role -> new Seen(workspace, store.name(jdbc, workspace), role)));
    }

    /** True while the workspace would have no owner without the caller. */
    public boolean needs(Caller.Person caller, UUID workspace) {
        return workspaces.in(
                new WorkspaceContext(workspace, caller.actor()),
                jdbc -> members.role(jdbc, workspace, caller.account())
                                .filter(MemberRole.OWNER::equals)
                                .isPresent()
                        && members.otherOwners(jdbc, workspace, caller.account()) == 0);
    }

    public Outcome<Seen> workspace(Entrance entrance) {
        return access.in(
                entrance,
                inside -> Outcome.done(new Seen(
                        entrance.workspace(), store.name(inside.jdbc(), entrance.workspace()), inside.role())));
    }

    public Outcome<Boolean> rename(Entrance entrance, String name) {
        return access.in(entrance, inside -> {
            store.rename(inside.jdbc(), entrance.workspace(), name);
            return Outcome.done(true);
        });
    }

    /** Name that a deleted workspace bears from then on: what it was called may name somebody. */
    private static final String DELETED = "(deleted)";

    /** What was in a workspace that is gone. */
    public record Deleted(String name, List<UUID> accounts) {
        public Deleted {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * Ends a workspace: nobody is in it any more, no invitation and no program's token opens it, and its name is gone. Its log
     * stays, closed to everybody but the operator, and every proof that was handed out from it goes on verifying.
     *
     * @param typedName the workspace's name, as a sign that its owner knows which one it is
     */
    public Outcome<Deleted> delete(Entrance entrance, String typedName) {
        if (!(entrance.caller() instanceof Caller.Person person)) {
            return Outcome.refused(new Refusal.Forbidden("a signed-in person"));
        }
        return access.in(entrance, inside -> {
            if (!still(inside)) {
                return Outcome.refused(new Refusal.NotFound());
            }
            if (!person.fresh()) {
                return Outcome.refused(new Refusal.ProofNeeded());
            }
            JdbcClient jdbc = inside.jdbc();
            UUID workspace = entrance.workspace();
            String name = store.name(jdbc, workspace);
            if (!name.equals(typedName)) {
                return Outcome.refused(new Refusal.Invalid(
                        "name-differs",
                        "To delete this workspace send its name, exactly as it is. Lost are: the access of "
                                + members.all(jdbc, workspace).size() + " members, "
                                + invitations
                                        .open(jdbc, workspace, clock.instant())
                                        .size()
                                + " open invitations, and every token of a program for it. This can't be undone; its log"
                                + " stays, and packets that you have go on verifying."));
            }
            invitations.revokeAll(jdbc, workspace);
            store.rename(jdbc, workspace, DELETED);
            return Outcome.done(new Deleted(name, members.removeAll(jdbc, workspace)));
        });
    }

    public Outcome<List<Member>> members(Entrance entrance) {
        return access.in(entrance, inside -> Outcome.done(members.all(inside.jdbc(), entrance.workspace())));
    }

    /**
     * Locks the workspace, and sees whether the caller still is what he was when he came in: of two who change who is in it at
     * the same moment, or end it, the second sees what the first has left.
     */
    private boolean still(WorkspaceAccess.Inside inside) {
        UUID workspace = inside.context().workspace();
        store.lock(inside.jdbc(), workspace);
        return members.role(inside.jdbc(), workspace, inside.caller().account())
                .filter(inside.role()::equals)
                .isPresent();
    }

    /**
     * Why somebody may not make or unmake an owner now: an owner can take the workspace from all others, so it takes a person
     * who has just shown to be there, and never a program.
     */
    private static Optional<Refusal> unproven(Caller caller) {
        return switch (caller) {
            case Caller.Program _ -> Optional.of(new Refusal.Forbidden("a signed-in person"));
            case Caller.Person person -> person.fresh() ? Optional.empty() : Optional.of(new Refusal.ProofNeeded());
        };
    }

    /** Changes what somebody is. To hand a workspace over, make the other an owner and leave. */
    public Outcome<Boolean> change(Entrance entrance, UUID account, MemberRole wanted) {
        return access.in(entrance, inside -> {
            if (!still(inside)) {
                return Outcome.refused(new Refusal.NotFound());
            }
            UUID workspace = entrance.workspace();
            Optional<MemberRole> current = members.role(inside.jdbc(), workspace, account);
            if (current.isEmpty()) {
                return Outcome.refused(new Refusal.NotFound());
            }
            if (!inside.role().governs(current.get()) || !inside.role().governs(wanted)) {
                return Outcome.refused(new Refusal.Forbidden("owner"));
            }
            if (current.get() == MemberRole.OWNER || wanted == MemberRole.OWNER) {
                Optional<Refusal> unproven = unproven(inside.caller());
                if (unproven.isPresent()) {
                    return Outcome.refused(unproven.get());
                }
            }
            if (current.get() == MemberRole.OWNER
                    && wanted != MemberRole.OWNER
                    && members.otherOwners(inside.jdbc(), workspace, account) == 0) {
                return Outcome.refused(LAST_OWNER);
            }
            members.change(inside.jdbc(), workspace, account, wanted);
            return Outcome.done(true);
        });
    }

    /**
     * Hands the workspace over: the other becomes an owner, and whoever did it an admin. Both or neither, so that there is
     * an owner at every moment.
     */
    public Outcome<Boolean> transfer(Entrance entrance, UUID account) {
        return access.in(entrance, inside -> {
            UUID workspace = entrance.workspace();
            UUID self = inside.caller().account();
            if (inside.role() != MemberRole.OWNER) {
                return Outcome.refused(new Refusal.Forbidden("owner"));
            }
            if (!still(inside)
                    || self.equals(account)
                    || members.role(inside.jdbc(), workspace, account).isEmpty()) {
                return Outcome.refused(new Refusal.NotFound());
            }
            Optional<Refusal> unproven = unproven(inside.caller());
            if (unproven.isPresent()) {
                return Outcome.refused(unproven.get());
            }
            members.change(inside.jdbc(), workspace, account, MemberRole.OWNER);
            members.change(inside.jdbc(), workspace, self, MemberRole.ADMIN);
            return Outcome.done(true);
        });
    }

    /** Takes somebody out. */
    public Outcome<Boolean> remove(Entrance entrance, UUID account) {
        return access.in(entrance, inside -> {
            if (!still(inside)) {
                return Outcome.refused(new Refusal.NotFound());
            }
            Optional<MemberRole> current = members.role(inside.jdbc(), entrance.workspace(), account);
            if (current.isEmpty()) {
                return Outcome.refused(new Refusal.NotFound());
            }
            if (!inside.role().governs(current.get())) {
                return Outcome.refused(new Refusal.Forbidden("owner"));
            }
            return remove(inside, account, current.get());
        });
    }

    /** Goes. */
    public Outcome<Boolean> leave(Caller.Person caller, UUID workspace) {
        return workspaces.in(new WorkspaceContext(workspace, caller.actor()), jdbc -> {
            store.lock(jdbc, workspace);
            Optional<MemberRole> role = members.role(jdbc, workspace, caller.account());
            return role.isEmpty()
                    ? Outcome.<Boolean>refused(new Refusal.NotFound())
                    : remove(
                            new WorkspaceAccess.Inside(
                                    jdbc, new WorkspaceContext(workspace, caller.actor()), caller, role.get()),
                            caller.account(),
                            role.get());
        });
    }

    /**
     * Goes because the account is gone. A workspace whose only owner that was ends with him if nobody else is in it; otherwise
     * whoever may most in it owns it from then on.
     */
    public void leaveForGood(Caller.Person gone, UUID workspace) {
        workspaces.in(new WorkspaceContext(workspace, gone.actor()), jdbc -> {
            store.lock(jdbc, workspace);
            boolean last = members.role(jdbc, workspace, gone.account())
                            .filter(MemberRole.OWNER::equals)
                            .isPresent()
                    && members.otherOwners(jdbc, workspace, gone.account()) == 0;
            remove(jdbc, workspace, gone.account());
            Optional<Member> heir = members.all(jdbc, workspace).stream().min(Comparator.comparing(Member::role));
            if (last && heir.isPresent()) {
                members.change(jdbc, workspace, heir.get().account(), MemberRole.OWNER);
            } else if (last) {
                invitations.revokeAll(jdbc, workspace);
                store.rename(jdbc, workspace, DELETED);
            }
            return true;
        });
    }

    private Outcome<Boolean> remove(WorkspaceAccess.Inside inside, UUID account, MemberRole role) {
        UUID workspace = inside.context().workspace();
        if (role == MemberRole.OWNER && members.otherOwners(inside.jdbc(), workspace, account) == 0) {
            return Outcome.refused(LAST_OWNER);
        }
        remove(inside.jdbc(), workspace, account);
        return Outcome.done(true);
    }

    private void remove(JdbcClient jdbc, UUID workspace, UUID account) {
        members.remove(jdbc, workspace, account);
        listeners.forEach(listener -> listener.gone(jdbc, workspace, account));
    }

    public Outcome<Invited> invite(Entrance entrance, String email, MemberRole role) {
        return access.in(entrance, inside -> {
            if (!still(inside)) {
                return Outcome.refused(new Refusal.NotFound());
            }
            if (!inside.role().governs(role)) {
                return Outcome.refused(new Refusal.Forbidden("owner"));
            }
            Optional<Refusal> unproven = role == MemberRole.OWNER ? unproven(inside.caller()) : Optional.empty();
            if (unproven.isPresent()) {
                return Outcome.refused(unproven.get());
            }
            if (invitations
                            .open(inside.jdbc(), entrance.workspace(), clock.instant())
                            .size()
                    >= MOST_INVITATIONS) {
                return Outcome.refused(new Refusal.Conflict(
                        "too-many-invitations",
                        "A workspace has " + MOST_INVITATIONS + " open invitations at most. Take some back first."));
            }
            byte[] random = new byte[32];
            RANDOM.nextBytes(random);
            String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            Instant now = clock.instant();
            var invitation = new Invitation(UUID.randomUUID(), email, role, now, now.plus(INVITATION_LIFE));
            invitations.insert(
                    inside.jdbc(),
                    entrance.workspace(),
                    invitation,
                    hash(secret),
                    inside.caller().account());
            return Outcome.done(new Invited(invitation, entrance.workspace() + "." + secret));
        });
    }

    public Outcome<List<Invitation>> invitations(Entrance entrance) {
        return access.in(
                entrance,
                inside -> Outcome.done(invitations.open(inside.jdbc(), entrance.workspace(), clock.instant())));
    }

    public Outcome<Boolean> revoke(Entrance entrance, UUID invitation) {
        return access.in(entrance, inside -> {
            Optional<Invitation> open =
                    invitations.find(inside.jdbc(), entrance.workspace(), invitation, clock.instant());
            if (open.isEmpty()) {
                return Outcome.refused(new Refusal.NotFound());
            }
            if (!inside.role().governs(open.get().role())) {
                return Outcome.refused(new Refusal.Forbidden("owner"));
            }
            invitations.revoke(inside.jdbc(), entrance.workspace(), invitation);
            return Outcome.done(true);
        });
    }

    /** Comes in by an invitation that was mailed to {@code email}, which is the caller's confirmed address. */
    public Outcome<UUID> accept(Caller.Person caller, String email, String code) {
        Matcher form = CODE.matcher(code);
        if (!form.matches()) {
            return Outcome.refused(new Refusal.BadToken());
        }
        UUID workspace = UUID.fromString(form.group(1));
        byte[] hash = hash(form.group(2));
        return workspaces.in(new WorkspaceContext(workspace, caller.actor()), jdbc -> {
            store.lock(jdbc, workspace);
            Optional<MemberRole> role = invitations.good(jdbc, workspace, hash, email, clock.instant());
            if (role.isEmpty()) {
                return Outcome.refused(new Refusal.BadToken());
            }
            if (members.count(jdbc, workspace) >= MOST_MEMBERS) {
                return Outcome.refused(new Refusal.Conflict(
                        "too-many-members",
                        "The workspace has " + MOST_MEMBERS + " members, as many as one may have. Ask an owner of it to"
                                + " take somebody out; your invitation stays good until then."));
            }
            invitations.use(jdbc, workspace, hash);
            members.insert(jdbc, workspace, caller.account(), role.get());
            return Outcome.done(workspace);
        });
    }

    private static byte[] hash(String secret) {
        return Hash.sha256(secret.getBytes(StandardCharsets.US_ASCII)).bytes();
    }
}
