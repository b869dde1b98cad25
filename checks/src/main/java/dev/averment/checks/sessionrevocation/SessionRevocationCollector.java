package dev.averment.checks.sessionrevocation;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.target.SignInPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Signs in, revokes, and knocks again. */
final class SessionRevocationCollector implements Collector {
    static final String ONE = "session-ended";
    static final String PASSWORD = "password-change";
    static final String EVERYWHERE = "sign-out-everywhere";
    static final String OPERATOR = "operator";
    static final List<String> ALL = List.of(ONE, PASSWORD, EVERYWHERE, OPERATOR);

    @Override
    public Facts collect(Look look) throws CollectException {
        List<String> named = new SettingReader(look.with()).texts("causes");
        List<String> causes = named.isEmpty() ? ALL : named;
        for (String cause : causes) {
            if (!ALL.contains(cause)) {
                throw SettingReader.refused("causes", cause, "a list of " + String.join(", ", ALL));
            }
        }
        SignInService service = look.target().require(SignInService.class);
        if (causes.contains(OPERATOR) && service.records().isEmpty()) {
            throw new CollectException(
                    "The target gives no way to do what an operator does to an account by hand; give the"
                            + " sign-in of the target file one, or leave operator out of causes.");
        }
        List<Subject> subjects = new ArrayList<>();
        long servers;
        try (Canary canary = Canary.confirmed(service)) {
            servers = canary.visitor().servers().size();
            for (String cause : causes) {
                Credentials older = canary.signedIn();
                Credentials acting = cause.equals(OPERATOR) ? older : canary.signedIn();
                boolean before = canary.opens(older);
                revoke(service, canary, cause, acting, older);
                List<Credentials> ended =
                        cause.equals(PASSWORD) || cause.equals(EVERYWHERE) ? List.of(older, acting) : List.of(older);
                subjects.add(new Subject(cause, after(canary, ended, before)));
            }
        }
        return new Facts(look.clock().instant(), subjects, Map.of("servers", servers, "causes", causes));
    }

    private static void revoke(
            SignInService service, Canary canary, String cause, Credentials acting, Credentials older)
            throws CollectException {
        SignInPaths paths = service.paths();
        switch (cause) {
            case ONE ->
                canary.expect(
                        204,
                        canary.send(acting, "DELETE", paths.sessions() + "/" + older.session()),
                        "Ending one session of a canary account");
            case PASSWORD -> {
                String wanted = Canary.newPassword();
                canary.expect(
                        204,
                        canary.send(acting, "POST", paths.password(), "current", canary.password(), "wanted", wanted),
                        "Changing the password of a canary account");
                canary.changedPassword(wanted);
            }
            case EVERYWHERE ->
                canary.expect(
                        204,
                        canary.send(acting, "DELETE", paths.sessions()),
                        "Signing a canary account out everywhere");
            default -> service.records().orElseThrow().raiseRevocation(canary.address());
        }
    }

    /** The refresh token comes last: using it changes something. */
    private static Map<String, Object> after(Canary canary, List<Credentials> ended, boolean before)
            throws CollectException {
        boolean access = false;
        boolean cookies = false;
        boolean refresh = false;
        for (Credentials older : ended) {
            for (Web server : canary.visitor().servers()) {
                access |= canary.opens(server, older);
                cookies |= canary.cookiesOpen(server, older);
            }
            for (Web server : canary.visitor().servers()) {
                refresh |= canary.refresh(server, older).isPresent();
            }
        }
        return Map.of(
                "acceptedBefore", before,
                "sessions", (long) ended.size(),
                "accessToken", access,
                "cookies", cookies,
                "refreshToken", refresh);
    }
}
