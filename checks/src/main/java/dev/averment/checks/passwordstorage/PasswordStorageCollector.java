package dev.averment.checks.passwordstorage;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.AccountRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sets a password as anybody does, and reads what is kept of it. */
final class PasswordStorageCollector implements Collector {
    /** Before the number of one of the forms in the table. */
    static final String STORED = "stored passwords of form ";

    static final String NEW = "a new password";
    static final String OLDER = "an older hash, after the next sign-in";

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        AccountRecords records = service.records()
                .orElseThrow(() -> new CollectException(
                        "The target shows nothing of what it keeps about accounts; give the sign-in of the target file a way to"
                                + " the stored form of a password."));
        List<Subject> subjects = new ArrayList<>();
        try (Canary canary = Canary.confirmed(service)) {
            subjects.add(new Subject(NEW, kept(records, canary)));
            int form = 0;
            for (Map.Entry<String, Long> stored : new TreeMap<>(records.storedForms()).entrySet()) {
                Map<String, Object> facts = StoredForm.facts(stored.getKey(), canary.password());
                facts.put("accounts", stored.getValue());
                subjects.add(new Subject(STORED + ++form, facts));
            }
            canary.weakenStoredPassword();
            boolean signedIn = canary.signIn().isPresent();
            Map<String, Object> after = kept(records, canary);
            after.put("signedIn", signedIn);
            after.put("before", "bcrypt of cost " + Canary.WEAK_COST);
            subjects.add(new Subject(OLDER, after));
        }
        return new Facts(look.clock().instant(), subjects, Map.of());
    }

    private static Map<String, Object> kept(AccountRecords records, Canary canary) throws CollectException {
        Optional<String> stored = records.storedPassword(canary.address());
        return StoredForm.facts(
                stored.orElseThrow(() -> new CollectException(
                        "No stored form was found for a password that was just set; see that the target's records are those"
                                + " of the service.")),
                canary.password());
    }
}
