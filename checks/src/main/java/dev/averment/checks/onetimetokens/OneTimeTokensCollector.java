package dev.averment.checks.onetimetokens;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.AccountRecords;
import dev.averment.checks.target.SignInService.MailedKind;
import dev.averment.checks.target.SignInService.MailedToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Uses mailed codes, and looks at what is kept of them. */
final class OneTimeTokensCollector implements Collector {
    static final String VERIFICATION = "verification";
    static final String RESET = "reset";

    @Override
    public Facts collect(Look look) throws CollectException {
        List<String> kinds = new SettingReader(look.with()).texts("kinds");
        SignInService service = look.target().require(SignInService.class);
        AccountRecords records = service.records()
                .orElseThrow(() -> new CollectException(
                        "The target shows nothing of what it keeps about mailed tokens; give the sign-in of the target file a"
                                + " way to them."));
        List<Subject> subjects = new ArrayList<>();
        for (String kind : kinds.isEmpty() ? List.of(VERIFICATION, RESET) : kinds) {
            if (!kind.equals(VERIFICATION) && !kind.equals(RESET)) {
                throw SettingReader.refused("kinds", kind, "a list of verification and reset");
            }
        }
        try (Canary canary = Canary.stranger(service)) {
            canary.expect(202, canary.signUp(), "Signing up a canary account");
            // The address has to be confirmed in any case, or nothing is mailed that resets a password.
            Subject verification = look(
                    records,
                    canary,
                    VERIFICATION,
                    MailedKind.VERIFICATION,
                    service.paths().verify());
            if (kinds.isEmpty() || kinds.contains(VERIFICATION)) {
                subjects.add(verification);
            }
            if (kinds.isEmpty() || kinds.contains(RESET)) {
                canary.expect(
                        202,
                        canary.post(service.paths().reset(), "email", canary.address()),
                        "Asking for a new password of a canary account");
                subjects.add(look(
                        records,
                        canary,
                        RESET,
                        MailedKind.RESET,
                        service.paths().confirmReset()));
            }
        }
        return new Facts(look.clock().instant(), subjects, Map.of("columnsSearched", (long) records.columnsSearched()));
    }

    private static Subject look(AccountRecords records, Canary canary, String name, MailedKind kind, String path)
            throws CollectException {
        String code = canary.code();
        Map<String, Object> facts = new HashMap<>();
        List<MailedToken> kept = records.mailedTokens(canary.address(), kind);
        facts.put("kept", (long) kept.size());
        if (!kept.isEmpty()) {
            MailedToken newest = kept.getFirst();
            facts.put("stored", stored(newest.stored(), code));
            facts.put(
                    "lifeSeconds",
                    Duration.between(newest.made(), newest.expires()).toSeconds());
        }
        facts.put("inClear", records.placesHolding(code));
        facts.put("firstUse", used(canary, path, kind, code));
        facts.put("secondUse", used(canary, path, kind, code));
        String expired = madeUp();
        records.keepExpired(canary.address(), kind, expired);
        facts.put("expiredUse", used(canary, path, kind, expired));
        return new Subject(name, facts);
    }

    private static boolean used(Canary canary, String path, MailedKind kind, String code) throws CollectException {
        if (kind == MailedKind.VERIFICATION) {
            return canary.post(path, "code", code).status() == 204;
        }
        String wanted = Canary.newPassword();
        boolean reset = canary.post(path, "code", code, "password", wanted).status() == 204;
        if (reset) {
            canary.changedPassword(wanted);
        }
        return reset;
    }

    private static String stored(byte[] stored, String code) {
        byte[] clear = code.getBytes(StandardCharsets.UTF_8);
        try {
            if (MessageDigest.isEqual(MessageDigest.getInstance("SHA-256").digest(clear), stored)) {
                return "SHA-256";
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
        return MessageDigest.isEqual(clear, stored) ? "plain text" : "something else";
    }

    /** In the form of ours: 256 random bits. */
    private static String madeUp() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
