package dev.averment.checks.securitytxt;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Fetches the file over https and writes down its fields. Contacts are counted, because one may be a person's address. */
final class SecurityTxtCollector implements Collector {
    private static final String PATH = "/.well-known/security.txt";
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_PROBLEMS = 50;
    private static final int MAX_KEYS = 10;

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
            if (file.signature().isPresent()) {
                signature(
                        web,
                        file,
                        file.signature().get(),
                        answer.uri(),
                        look.clock().instant(),
                        facts);
            }
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

    /**
     * Verifies with the key that Encryption names. Only a key of this very site is fetched: the file is not trusted, and an
     * address in it must not send the check elsewhere. A site's other names are those that its Canonical fields tell.
     */
    private static void signature(
            Web web, SecurityTxt file, ClearSignature signature, URI address, Instant now, Map<String, Object> facts)
            throws CollectException {
        facts.put("signature", "unchecked");
        Optional<String> path = file.values("Encryption").stream()
                .limit(MAX_KEYS)
                .map(key -> pathHere(key, address, file.values("Canonical")))
                .flatMap(Optional::stream)
                .findFirst();
        if (path.isEmpty()) {
            facts.put("signatureDetail", "no Encryption field names a key of this site");
            return;
        }
        Answer key = WebFetch.get(web, path.get());
        if (key.status() != 200 || key.body().length > MAX_BYTES) {
            facts.put("signatureDetail", "the key at " + path.get() + " answers " + key.status());
            return;
        }
        switch (signature.verify(key.body(), now)) {
            case ClearSignature.Outcome.Good(String fingerprint) -> {
                facts.put("signature", "good");
                facts.put("signatureDetail", "key " + fingerprint);
                facts.put("signatureKey", fingerprint);
            }
            case ClearSignature.Outcome.Bad(String reason) -> {
                facts.put("signature", "bad");
                facts.put("signatureDetail", reason);
            }
        }
    }

    private static Optional<String> pathHere(String key, URI address, List<String> canonical) {
        try {
            var uri = new URI(key);
            boolean here = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getRawQuery() == null
                    && (origin(uri).equals(origin(address))
                            || canonical.contains(address.toString())
                                    && canonical.stream().anyMatch(name -> isOrigin(name, uri)));
            return here ? Optional.ofNullable(uri.getRawPath()).filter(p -> !p.isEmpty()) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isOrigin(String name, URI of) {
        try {
            return origin(new URI(name)).equals(origin(of));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String origin(URI uri) {
        return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
}
