package dev.averment.checks.intakelimits;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.CanaryMonitor;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.checks.tries.Tries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tries one way in after the other, on all servers in turn, with a monitor that is the check's own. */
final class IntakeLimitsCollector implements Collector {
    static final String INGEST = "ingest";
    static final String PINGS = "pings of a monitor";
    static final String EVENTS = "events of a monitor's runs";

    static final int TRIES = 200;
    static final int MOST_TRIES = 2_000;

    @Override
    public Facts collect(Look look) throws CollectException {
        var with = new SettingReader(look.with());
        List<String> paths = with.texts("paths");
        int tries = Tries.read(with, TRIES, MOST_TRIES);
        for (String path : paths) {
            if (!path.equals(INGEST)) {
                throw SettingReader.refused("paths", path, "a list of ingest alone");
            }
        }
        SignInService service = look.target().require(SignInService.class);
        WorkspaceService workspaces = Member.workspaces(service);
        List<Subject> subjects = new ArrayList<>();
        try (Canary canary = Canary.confirmed(service)) {
            Member member = Member.of(canary, canary.signedIn(), workspaces, workspaces.workspace());
            List<Web> servers = canary.visitor().servers();
            try (CanaryMonitor monitor = CanaryMonitor.make(member, false)) {
                Map<String, String> token =
                        CanaryMonitor.bearer(monitor.token("1d").text());
                subjects.add(sent(PINGS, servers, tries, server -> monitor.ping(server, Map.of())));
                subjects.add(sent(EVENTS, servers, tries, server -> monitor.event(server, token)));
            }
            return new Facts(look.clock().instant(), subjects, Map.of("servers", (long) servers.size()));
        }
    }

    private static Subject sent(String name, List<Web> servers, int tries, Tries.Try one) throws CollectException {
        return Tries.untilRefused(name, servers, tries, server -> {
            Answer answer = one.at(server);
            if (answer.status() != 200 && answer.status() != 429) {
                throw new CollectException("Sending " + name + " was answered with status " + answer.status()
                        + " before any limit was met; see what the server's log says and run the check again.");
            }
            return answer;
        });
    }
}
