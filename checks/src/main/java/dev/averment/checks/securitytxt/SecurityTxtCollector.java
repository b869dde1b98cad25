package dev.averment.checks.securitytxt;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fetches the file over https and writes down its fields. Contacts are counted, because one may be a person's address. */
final class SecurityTxtCollector implements Collector {
    private static final String PATH = "/.well-known/security.txt";
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_PROBLEMS = 50;

    @Override
    public Facts collect(Look look) throws CollectException {
        Web web = look.target().require(Web.class);
        String path = new SettingReader(look.with()).text("path").orElse(PATH);
        Answer answer = WebFetch.get(web, path);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("url", answer.uri().toString());
        facts.put("status", (long) answer.status());
        facts.put("contentType", answer.header("content-type").toLowerCase(Locale.ROOT));
        boolean tooLong = answer.body().length > MAX_BYTES;
        facts.put("tooLong", tooLong);
        if (answer.status() == 200 && !tooLong) {
            SecurityTxt file = SecurityTxt.parse(answer.body());
            facts.put("signed", file.signed());
            facts.put("contacts", (long) file.values("Contact").size());
            facts.put("canonical", file.values("Canonical"));
            facts.put("expires", file.expires().map(Object::toString).orElse(""));
            facts.put("policy", file.values("Policy"));
            facts.put(
                    "problems",
                    file.problems().stream()
                            .limit(MAX_PROBLEMS)
                            .map(problem -> (problem.line() > 0 ? "line " + problem.line() + ": " : "")
                                    + problem.detail() + " (" + problem.rule() + ")")
                            .toList());
        }
        return new Facts(look.clock().instant(), List.of(new Subject(path, facts)), Map.of());
    }
}
