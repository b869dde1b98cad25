package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.Subject;
import dev.averment.checks.target.FactorService;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far an operator gets, and what the operators of a service have. */
public final class OperatorTrial {
    private final FactorService factors;
    private final Canary canary;

    public OperatorTrial(FactorService factors, Canary canary) {
        this.factors = factors;
        this.canary = canary;
    }

    /** Every operator, without a name; facts {@code apps}, {@code passkeys}, {@code hardware}. */
    public static List<Subject> operators(FactorService factors) throws CollectException {
        List<Subject> subjects = new ArrayList<>();
        for (FactorService.Operator operator : factors.operators()) {
            subjects.add(new Subject(
                    "operator " + operator.id(),
                    Map.of(
                            "kind", "operator",
                            "apps", operator.apps(),
                            "passkeys", operator.passkeys(),
                            "hardware", operator.hardware())));
        }
        return subjects;
    }

    /** True when the target's own credential opens what operators read: a route that is shut to everybody proves nothing. */
    public boolean opensAtAll() throws CollectException {
        Web web = canary.visitor().web();
        return !web.signedIn().isEmpty()
                && WebFetch.send(web, web.base(), "GET", factors.operated(), web.signedIn())
                                .status()
                        == 200;
    }

    /**
     * What becomes of the answer of a sign-in.
     *
     * @return facts {@code signedIn}, {@code operated} (what only operators read was answered), {@code enrolment} (the account's
     *     own factors were) and {@code demanded}, the factor that the answer asks for
     */
    public Subject of(String name, Answer signIn) throws CollectException {
        Optional<Credentials> credentials = canary.granted(signIn);
        boolean operated = false;
        boolean enrolment = false;
        if (credentials.isPresent()) {
            operated = canary.send(credentials.get(), "GET", factors.operated()).status() == 200;
            enrolment = canary.send(credentials.get(), "GET", factors.paths().factors())
                            .status()
                    == 200;
        }
        return new Subject(
                name,
                Map.of(
                        "kind",
                        "trial",
                        "signedIn",
                        credentials.isPresent(),
                        "operated",
                        operated,
                        "enrolment",
                        enrolment,
                        "demanded",
                        Canary.text(signIn, "demanded")));
    }
}
