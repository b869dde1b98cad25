package dev.averment.server.incidents;

import dev.averment.claims.Verdict;
import dev.averment.server.claims.VerdictChange;
import dev.averment.server.claims.VerdictListener;
import dev.averment.server.incidents.IncidentBook.Opening;
import dev.averment.server.incidents.IncidentBook.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Incidents about claims. The verdict opens and resolves them, and nothing else does: a claim that can't be proven any more is
 * not thereby mended, so its incident stays open until the claim holds again or is no longer made.
 */
final class ClaimIncidents implements VerdictListener {
    /** A cause that comes back within this time is the same incident, opened again. */
    static final Duration SAME = Duration.ofHours(1);

    private final IncidentBook book;

    ClaimIncidents(IncidentBook book) {
        this.book = book;
    }

    @Override
    public void changed(JdbcClient tx, VerdictChange change) {
        var scene = new Scene(tx, change.workspace(), "service:pages");
        String which = change.page() + "/" + change.claim();
        String cause = "claims/" + which;
        Optional<Incident> open = book.incidents.lockOpen(tx, change.workspace(), cause);
        if (change.verdict().filter(v -> v == Verdict.FAILING).isPresent()) {
            if (open.isPresent()) {
                book.line(scene, open.get(), "again", change.reason(), cause);
                return;
            }
            Optional<Incident> before = book.incidents.lockResolved(
                    tx, change.workspace(), cause, book.now().minus(SAME));
            if (before.isPresent()) {
                book.reopen(scene, before.get(), change.reason(), cause);
                return;
            }
            RuleStore.Rule rule = book.rule(
                    scene,
                    List.of(
                            new String[] {"claim", which},
                            new String[] {"page", change.page()},
                            new String[] {"page-owner", change.owner()},
                            new String[] {"claims", ""}));
            book.open(
                    scene,
                    new Opening(
                            cause,
                            Incident.Source.CLAIM,
                            change.sentence(),
                            rule.severity(),
                            rule.owner(),
                            Optional.empty(),
                            "The claim " + which + " fails: " + change.reason(),
                            cause));
        } else if (open.isPresent()) {
            if (change.verdict().isEmpty()) {
                book.resolve(scene, open.get(), "The page no longer makes this claim.", cause);
            } else if (change.verdict().get().holds()) {
                book.resolve(
                        scene,
                        open.get(),
                        "The claim is " + change.verdict().get().word() + ": " + change.reason(),
                        cause);
            } else {
                book.line(
                        scene,
                        open.get(),
                        "unknown",
                        "The claim is " + change.verdict().get().word() + " now, which mends nothing: "
                                + change.reason(),
                        cause);
            }
        }
    }
}
