package dev.averment.server.console.flow;

import dev.averment.server.console.Sheet;
import dev.averment.server.delivery.Delivery;
import dev.averment.server.delivery.Inbox;
import dev.averment.server.drill.DrillStory;
import dev.averment.server.incidents.Incident;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A drill as its page shows it.
 *
 * @param goesOn    something is broken on purpose now
 * @param mends     when it is mended
 * @param steps     run, incident, alert and recovery; none before the first drill
 * @param workflows in the order in which they run
 */
public record DrillSteps(
        boolean asleep,
        boolean goesOn,
        String mends,
        List<Step> steps,
        List<Monitors.Seen> workflows,
        List<Inbox.Received> arrived) {

    /**
     * One step of four.
     *
     * @param when    a time, or that it has not happened yet
     * @param address of the page about it; empty when there is none yet
     * @param more    lines below it
     */
    public record Step(String title, String when, String address, boolean wrong, List<String> more) {}

    static DrillSteps of(Sheet sheet, UUID workspace, DrillStory story, List<Inbox.Received> arrived) {
        return new DrillSteps(
                story.demo().asleep(),
                story.demo().drilling(),
                story.demo().mends().map(sheet::second).orElse(""),
                story.demo().broken().isEmpty() ? List.of() : steps(sheet, "/workspaces/" + workspace, story),
                List.copyOf(story.workflows().values()),
                arrived);
    }

    private static List<Step> steps(Sheet sheet, String base, DrillStory story) {
        return List.of(
                step(sheet, Trouble.DRILL_RUN, story.run().map(Run::at), run(base, story.run()), true, List.of()),
                step(
                        sheet,
                        Trouble.DRILL_INCIDENT,
                        story.incident().map(i -> opened(i, story)),
                        story.incident()
                                .map(incident -> base + "/" + incident.subject())
                                .orElse(""),
                        true,
                        story.incident().map(Incident::title).stream().toList()),
                step(
                        sheet,
                        Trouble.DRILL_ALERT,
                        story.alerts().stream()
                                .flatMap(a -> a.attempts().stream())
                                .map(Delivery.Attempt::started)
                                .findFirst(),
                        "",
                        false,
                        attempts(sheet, story)),
                step(sheet, Trouble.DRILL_BACK, story.recovered(), run(base, story.back()), false, List.of()));
    }

    /** An incident that was there before was opened again when the run had ended. */
    private static Instant opened(Incident incident, DrillStory story) {
        Instant ended = story.run().map(Run::endedAt).orElse(incident.opened());
        return incident.opened().isBefore(ended) ? ended : incident.opened();
    }

    private static String run(String base, Optional<Run> run) {
        return run.map(r -> base + "/monitors/" + r.monitor + "/runs/" + r.id).orElse("");
    }

    private static Step step(
            Sheet sheet, Trouble title, Optional<Instant> at, String address, boolean wrong, List<String> more) {
        return new Step(
                sheet.say(title),
                at.map(sheet::second).orElseGet(() -> sheet.say(Trouble.DRILL_WAITS)),
                at.isPresent() ? address : "",
                wrong && at.isPresent(),
                at.isPresent() ? more : List.of());
    }

    /** Each try of each alert, with how it ended. */
    private static List<String> attempts(Sheet sheet, DrillStory story) {
        var lines = new ArrayList<String>();
        for (DrillStory.Alert alert : story.alerts()) {
            for (Delivery.Attempt attempt : alert.attempts().reversed()) {
                lines.add(sheet.say(
                        Trouble.DRILL_ATTEMPT,
                        alert.delivery().what().kind(),
                        attempt.n(),
                        attempt.outcome()
                                .map(outcome -> outcome.equals("ok")
                                        ? sheet.say(Trouble.ATTEMPT_ARRIVED)
                                        : sheet.say(Trouble.ATTEMPT_FAILED, outcome))
                                .orElseGet(() -> sheet.say(Trouble.ATTEMPT_GOES))));
            }
        }
        return lines;
    }
}
