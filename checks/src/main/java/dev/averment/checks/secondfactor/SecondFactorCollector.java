package dev.averment.checks.secondfactor;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Factors;
import dev.averment.checks.signin.OneTimeCodes;
import dev.averment.checks.signin.OperatorTrial;
import dev.averment.checks.target.FactorService;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at the operators, and signs in as one without a factor, and then with one. */
final class SecondFactorCollector implements Collector {
    static final String WITHOUT = "an operator with a password alone";
    static final String WITH = "the same operator with a code of an authenticator app";

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
            subjects.add(trial.of(WITHOUT, password));
            Credentials enrolling = canary.granted(password)
                    .orElseThrow(() -> new CollectException(
                            "An operator with a password alone was let in nowhere, not even to enrol a factor; see how operators"
                                    + " of this service come to one."));
            var steps = new Factors(factors, canary, look.clock());
            OneTimeCodes app = steps.enrolApp(enrolling);
            subjects.add(trial.of(WITH, steps.show(steps.ticket(), "totp", app.code(1))));
            return new Facts(
                    look.clock().instant(), subjects, Map.of("operators", operators, "opensAtAll", opensAtAll));
        }
    }
}
