package dev.averment.checks.hardwarefactor;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Factors;
import dev.averment.checks.signin.OneTimeCodes;
import dev.averment.checks.signin.OperatorTrial;
import dev.averment.checks.signin.SoftwarePasskey;
import dev.averment.checks.target.FactorService;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at the operators, and signs in as one with everything that is less than a key in hardware. */
final class HardwareFactorCollector implements Collector {
    static final String PASSWORD = "an operator with a password alone";
    static final String APP = "an operator with a code of an authenticator app";
    static final String PROGRAM = "an operator with a passkey that is a program";
    static final String RECOVERY = "an operator with a recovery code";
    static final List<String> TRIALS = List.of(PASSWORD, APP, RECOVERY, PROGRAM);

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        FactorService factors = Factors.of(service);
        List<Subject> subjects = new ArrayList<>(OperatorTrial.operators(factors));
        long operators = subjects.size();
        try (Canary canary = Canary.confirmed(service)) {
            factors.promote(canary.address());
            var trial = new OperatorTrial(factors, canary);
            boolean opensAtAll = trial.opensAtAll();
            Answer password = canary.knock();
            subjects.add(trial.of(PASSWORD, password));
            Credentials enrolling = canary.granted(password)
                    .orElseThrow(() -> new CollectException(
                            "An operator with a password alone was let in nowhere, not even to enrol a factor; see how operators"
                                    + " of this service come to one."));
            var steps = new Factors(factors, canary, look.clock());
            OneTimeCodes app = steps.enrolApp(enrolling);
            String code = steps.recoveryCodes(enrolling).getFirst();
            var passkey = new SoftwarePasskey(canary.visitor().web().base());
            steps.enrol(enrolling, passkey);
            subjects.add(trial.of(APP, steps.show(steps.ticket(), "totp", app.code(1))));
            subjects.add(trial.of(RECOVERY, steps.show(steps.ticket(), "recovery-code", code)));
            subjects.add(trial.of(PROGRAM, steps.signIn(passkey.signed(steps.challenge()))));
            return new Facts(
                    look.clock().instant(), subjects, Map.of("operators", operators, "opensAtAll", opensAtAll));
        }
    }
}
