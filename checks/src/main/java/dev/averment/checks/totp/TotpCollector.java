package dev.averment.checks.totp;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Factors;
import dev.averment.checks.signin.OneTimeCodes;
import dev.averment.checks.target.FactorService;
import dev.averment.checks.target.FactorService.KeptCode;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.AccountRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Two people enrol an app each: one shows codes twice, the other one codes of another time. Both keep below the five tries that a
 * service may allow an account in some minutes.
 */
final class TotpCollector implements Collector {
    static final String AGAIN = "a code, shown again";
    static final String OTHER_TIME = "codes of another time";
    static final String RECOVERY = "recovery codes";
    static final String SEED = "the seed";

    /** A minute and a half: more than the one step beside the present one that RFC 6238 §5.2 recommends at most. */
    static final int STEPS_OFF = 3;

    private static final String TOTP = "totp";
    private static final String RECOVERY_CODE = "recovery-code";

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        FactorService factors = Factors.of(service);
        AccountRecords records = service.records()
                .orElseThrow(
                        () -> new CollectException(
                                "The target does not show what it keeps of accounts, so nobody can look for seeds and codes there."));
        List<Subject> subjects = new ArrayList<>();
        try (Canary one = Canary.confirmed(service)) {
            Credentials credentials = one.signedIn();
            var steps = new Factors(factors, one, look.clock());
            OneTimeCodes app = steps.enrolApp(credentials);
            subjects.add(seed(factors, records, one, app));
            subjects.add(again(one, steps, app));
        }
        try (Canary other = Canary.confirmed(service)) {
            Credentials credentials = other.signedIn();
            var steps = new Factors(factors, other, look.clock());
            subjects.add(otherTime(steps, credentials));
            subjects.add(recovery(factors, records, other, steps, credentials));
        }
        return new Facts(look.clock().instant(), subjects, Map.of("stepsOff", (long) STEPS_OFF));
    }

    private static Subject seed(FactorService factors, AccountRecords records, Canary canary, OneTimeCodes app)
            throws CollectException {
        byte[] stored = factors.storedSeed(canary.address());
        var places = new TreeSet<>(factors.placesHolding(app.seed()));
        places.addAll(records.placesHolding(app.text()));
        return new Subject(
                SEED,
                Map.of(
                        "kept",
                        stored.length > 0,
                        "sealed",
                        stored.length > app.seed().length && !contains(stored, app.seed()),
                        "inClear",
                        List.copyOf(places)));
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** The code of the enrolment is used up; the next step's is good, because clocks may be a little off. */
    private static Subject again(Canary canary, Factors steps, OneTimeCodes app) throws CollectException {
        String ticket = steps.ticket();
        boolean enrolments =
                canary.granted(steps.show(ticket, TOTP, app.code(0))).isPresent();
        if (enrolments) {
            ticket = steps.ticket();
        }
        String next = app.code(1);
        boolean first = canary.granted(steps.show(ticket, TOTP, next)).isPresent();
        boolean second = canary.granted(steps.show(steps.ticket(), TOTP, next)).isPresent();
        return new Subject(AGAIN, Map.of("ofEnrolment", enrolments, "first", first, "second", second));
    }

    /** Tried at the enrolment, when no code was used yet that would make an older one a used one. */
    private static Subject otherTime(Factors steps, Credentials credentials) throws CollectException {
        OneTimeCodes app = steps.begin(credentials);
        boolean old = steps.confirm(credentials, app.code(-STEPS_OFF)).status() == 204;
        boolean coming = steps.confirm(credentials, app.code(STEPS_OFF)).status() == 204;
        boolean present = steps.confirm(credentials, app.code(0)).status() == 204;
        return new Subject(OTHER_TIME, Map.of("old", old, "coming", coming, "present", present));
    }

    private static Subject recovery(
            FactorService factors, AccountRecords records, Canary canary, Factors steps, Credentials credentials)
            throws CollectException {
        List<String> codes = steps.recoveryCodes(credentials);
        List<KeptCode> kept = factors.keptCodes(canary.address(), codes);
        var places = new TreeSet<String>();
        boolean first = false;
        boolean second = false;
        if (!codes.isEmpty()) {
            String code = codes.getFirst();
            places.addAll(records.placesHolding(code));
            places.addAll(records.placesHolding(code.replace("-", "")));
            first = canary.granted(steps.show(steps.ticket(), RECOVERY_CODE, code))
                    .isPresent();
            second = canary.granted(steps.show(steps.ticket(), RECOVERY_CODE, code))
                    .isPresent();
        }
        return new Subject(
                RECOVERY,
                Map.of(
                        "codes",
                        (long) codes.size(),
                        "hashed",
                        kept.stream().filter(KeptCode.SHA_256::equals).count(),
                        "inClear",
                        List.copyOf(places),
                        "first",
                        first,
                        "second",
                        second));
    }
}
