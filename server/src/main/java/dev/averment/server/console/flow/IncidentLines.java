package dev.averment.server.console.flow;

import dev.averment.server.console.Sheet;
import dev.averment.server.incidents.Incident;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Incidents as a list shows them. */
public final class IncidentLines {
    private IncidentLines() {}

    /** @param about since when, and who answers for it */
    public record Line(String address, String severity, String title, String about, String state) {}

    /** @param names of accounts; one that is not in it is gone */
    static List<Line> of(Sheet sheet, UUID workspace, List<Incident> incidents, Map<UUID, String> names) {
        return incidents.stream()
                .map(i -> new Line(
                        "/workspaces/" + workspace + "/incidents/" + i.id(),
                        i.severity().name(),
                        i.title(),
                        sheet.say(
                                Trouble.ABOUT,
                                sheet.instant(i.opened()),
                                i.owner().map(names::get).orElseGet(() -> sheet.say(Trouble.NO_OWNER))),
                        sheet.say(Trouble.of(i.state()))))
                .toList();
    }
}
