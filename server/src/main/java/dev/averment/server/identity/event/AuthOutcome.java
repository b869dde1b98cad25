package dev.averment.server.identity.event;

import dev.averment.evidence.leaf.Leaf.Crud;
import dev.averment.evidence.leaf.Leaf.Result;
import java.util.Locale;

/**
 * All outcomes of authentication (ASVS 16.3.1). The list is closed: what is not on it can't be recorded, and a test walks
 * it and demands that each is caused and leaves exactly one entry.
 */
public enum AuthOutcome {
    SIGNED_UP(Crud.CREATE, Result.SUCCESS, false),
    SIGN_UP_REPEATED(Crud.CREATE, Result.DENIED, false),
    ADDRESS_VERIFIED(Crud.UPDATE, Result.SUCCESS, false),
    SIGNED_IN(Crud.CREATE, Result.SUCCESS, false),
    SIGN_IN_UNKNOWN(Crud.CREATE, Result.FAILURE, false),
    SIGN_IN_WRONG_PASSWORD(Crud.CREATE, Result.FAILURE, false),
    SIGN_IN_UNVERIFIED(Crud.CREATE, Result.DENIED, false),
    SIGN_IN_DISABLED(Crud.CREATE, Result.DENIED, false),
    SIGN_IN_LIMITED(Crud.CREATE, Result.DENIED, true),
    SIGN_IN_SHED(Crud.CREATE, Result.ERROR, false),
    SIGNED_OUT(Crud.DELETE, Result.SUCCESS, false),
    SESSION_REFRESHED(Crud.UPDATE, Result.SUCCESS, false),
    REFRESH_REFUSED(Crud.UPDATE, Result.FAILURE, false),
    REFRESH_REUSED(Crud.DELETE, Result.DENIED, true),
    SESSION_ENDED(Crud.DELETE, Result.SUCCESS, false),
    SESSIONS_ENDED(Crud.DELETE, Result.SUCCESS, true),
    RESET_REQUESTED(Crud.CREATE, Result.SUCCESS, false),
    RESET_UNKNOWN(Crud.CREATE, Result.FAILURE, false),
    PASSWORD_RESET(Crud.UPDATE, Result.SUCCESS, true),
    PASSWORD_CHANGED(Crud.UPDATE, Result.SUCCESS, true),
    PASSWORD_UPGRADED(Crud.UPDATE, Result.SUCCESS, false),
    PASSWORD_CHANGE_REFUSED(Crud.UPDATE, Result.FAILURE, false),
    ADDRESS_CHANGE_REQUESTED(Crud.UPDATE, Result.SUCCESS, true),
    ADDRESS_CHANGED(Crud.UPDATE, Result.SUCCESS, true),
    MAILED_TOKEN_REFUSED(Crud.UPDATE, Result.FAILURE, false),
    PROOF_REPEATED(Crud.UPDATE, Result.SUCCESS, false),
    PROOF_REFUSED(Crud.UPDATE, Result.FAILURE, false),
    API_TOKEN_MADE(Crud.CREATE, Result.SUCCESS, true),
    API_TOKEN_REVOKED(Crud.DELETE, Result.SUCCESS, true),
    API_TOKEN_REFUSED(Crud.READ, Result.FAILURE, false),
    ACCOUNT_DELETED(Crud.DELETE, Result.SUCCESS, true),
    FACTOR_ASKED(Crud.CREATE, Result.SUCCESS, false),
    FACTOR_ACCEPTED(Crud.UPDATE, Result.SUCCESS, false),
    FACTOR_REFUSED(Crud.UPDATE, Result.FAILURE, false),
    FACTOR_REPLAYED(Crud.UPDATE, Result.DENIED, false),
    FACTOR_LIMITED(Crud.UPDATE, Result.DENIED, true),
    FACTOR_TICKET_REFUSED(Crud.UPDATE, Result.FAILURE, false),
    FACTOR_OFFERED(Crud.CREATE, Result.SUCCESS, false),
    FACTOR_ENROLLED(Crud.CREATE, Result.SUCCESS, true),
    FACTOR_ENROLMENT_REFUSED(Crud.CREATE, Result.FAILURE, false),
    FACTOR_REMOVED(Crud.DELETE, Result.SUCCESS, true),
    RECOVERY_CODES_MADE(Crud.CREATE, Result.SUCCESS, true),
    RECOVERY_CODE_USED(Crud.UPDATE, Result.SUCCESS, true),
    PASSKEY_ENROLLED(Crud.CREATE, Result.SUCCESS, true),
    PASSKEY_ENROLMENT_REFUSED(Crud.CREATE, Result.FAILURE, false),
    PASSKEY_ACCEPTED(Crud.UPDATE, Result.SUCCESS, false),
    PASSKEY_REFUSED(Crud.UPDATE, Result.FAILURE, false),
    PASSKEY_COUNTER_REGRESSED(Crud.UPDATE, Result.DENIED, true),
    PASSKEY_REMOVED(Crud.DELETE, Result.SUCCESS, true),
    PROVIDER_ACCEPTED(Crud.UPDATE, Result.SUCCESS, false),
    PROVIDER_BROKEN(Crud.UPDATE, Result.ERROR, false),
    PROVIDER_DECLINED(Crud.UPDATE, Result.FAILURE, false),
    PROVIDER_LIMITED(Crud.CREATE, Result.DENIED, false),
    PROVIDER_LINKED(Crud.CREATE, Result.SUCCESS, true),
    PROVIDER_LINK_REFUSED(Crud.CREATE, Result.DENIED, false),
    PROVIDER_REFUSED(Crud.UPDATE, Result.FAILURE, false),
    PROVIDER_SIGNED_UP(Crud.CREATE, Result.SUCCESS, true),
    PROVIDER_UNLINKED(Crud.DELETE, Result.SUCCESS, true),
    PROVIDER_UNLINK_REFUSED(Crud.DELETE, Result.DENIED, false),
    PROVIDER_UNMATCHED(Crud.CREATE, Result.DENIED, false),
    OPERATOR_FACTOR_MISSING(Crud.CREATE, Result.DENIED, false);

    private final Crud crud;
    private final Result result;
    private final boolean notified;

    AuthOutcome(Crud crud, Result result, boolean notified) {
        this.crud = crud;
        this.result = result;
        this.notified = notified;
    }

    /** As the log says it, such as {@code auth.signed_in}. */
    public String action() {
        return "auth." + name().toLowerCase(Locale.ROOT);
    }

    public Crud crud() {
        return crud;
    }

    public Result result() {
        return result;
    }

    /** Whether the person is told by mail, because somebody else may have done it (ASVS 6.3.7). */
    public boolean notified() {
        return notified;
    }
}
