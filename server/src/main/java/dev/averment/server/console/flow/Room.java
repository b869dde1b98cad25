package dev.averment.server.console.flow;

import dev.averment.server.console.Counter;
import dev.averment.server.console.Sheet;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.People;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.identity.workspace.WorkspaceMembers.Seen;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What every page about a workspace begins with: who asks, who else is there, and the page when it is refused. */
@Component
final class Room {
    private final Counter counter;
    private final WorkspaceMembers workspaces;
    private final People people;

    Room(Counter counter, WorkspaceMembers workspaces, People people) {
        this.counter = counter;
        this.workspaces = workspaces;
        this.people = people;
    }

    static String base(Entrance entrance) {
        return "/workspaces/" + entrance.workspace();
    }

    /** The workspace and the caller's role in it; nothing is there for whoever is no member, or no person. */
    Seen seen(Entrance entrance) {
        return entrance.caller() instanceof Caller.Person person
                ? workspaces.seen(person, entrance.workspace()).orElseGet(() -> counter.<Seen>nothing())
                : counter.<Seen>nothing();
    }

    /** Of the accounts in the workspace. */
    Map<UUID, String> names(Entrance entrance) {
        var names = new HashMap<UUID, String>();
        if (people.members(entrance) instanceof Outcome.Done<List<People.Named>> done) {
            done.value().forEach(m -> names.put(m.member().account(), m.name()));
        }
        return names;
    }

    Sheet sheet(HttpServletRequest request) {
        return counter.sheet(request).in("workspaces");
    }

    /** What was asked for, or the page that says why not. */
    <T> ResponseEntity<byte[]> shown(
            Entrance entrance,
            HttpServletRequest request,
            Outcome<T> outcome,
            Function<T, ResponseEntity<byte[]>> page) {
        return counter.answer(outcome, page, why -> counter.refuse(request, why, sheet(request), base(entrance)));
    }
}
