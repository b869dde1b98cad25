package dev.averment.server.console.flow;

import dev.averment.server.console.Confirmation;
import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.drill.Demos;
import dev.averment.server.drill.Drills;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The demo workspace: made with one click, broken with another, and what comes of it. */
@RestController
class DrillPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    private static final int MESSAGES = 10;

    private final Counter counter;
    private final Room room;
    private final Demos demos;
    private final Drills drills;

    DrillPages(Counter counter, Room room, Demos demos, Drills drills) {
        this.counter = counter;
        this.room = room;
        this.demos = demos;
        this.drills = drills;
    }

    private static String base(Entrance entrance) {
        return Room.base(entrance) + "/drill";
    }

    @PostMapping(value = "/workspaces/demo", consumes = FORM)
    ResponseEntity<byte[]> make(Caller.Person caller, HttpServletRequest request) {
        Sheet sheet = room.sheet(request);
        return counter.answer(
                demos.create(caller, sheet.say(Trouble.DEMO)),
                made -> made.fresh()
                        ? counter.go("/workspaces/" + made.workspace() + "/drill", Done.DEMO_MADE)
                        : counter.go("/workspaces/" + made.workspace() + "/drill"),
                why -> counter.refuse(request, why, sheet, "/workspaces"));
    }

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/workspaces/{workspace}/drill")
    ResponseEntity<byte[]> drill(Entrance entrance, HttpServletRequest request) {
        return room.shown(
                entrance,
                request,
                drills.story(entrance),
                story -> room.shown(entrance, request, demos.arrived(entrance, MESSAGES), arrived -> {
                    Sheet sheet = room.sheet(request).titled(Trouble.DRILL).at(base(entrance));
                    return counter.show(
                            request,
                            "drill",
                            sheet,
                            Map.of(
                                    "seen",
                                    room.seen(entrance),
                                    "drill",
                                    DrillSteps.of(sheet, entrance.workspace(), story, arrived)));
                }));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/drill", consumes = FORM)
    ResponseEntity<byte[]> breakIt(Entrance entrance, HttpServletRequest request) {
        return counter.answer(
                demos.breakIt(entrance),
                _ -> counter.go(base(entrance), Done.DRILL_BEGUN),
                why -> counter.refuse(request, why, room.sheet(request), base(entrance)));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @GetMapping("/workspaces/{workspace}/drill/removal")
    ResponseEntity<byte[]> removal(Entrance entrance, HttpServletRequest request) {
        return room.shown(entrance, request, demos.find(entrance), _ -> {
            Sheet sheet = room.sheet(request).titled(Trouble.DEMO_REMOVE);
            return counter.show(request, "confirm", sheet, loss(entrance, sheet));
        });
    }

    private Map<String, Object> loss(Entrance entrance, Sheet sheet) {
        return Confirmation.typed(
                List.of(sheet.say(Trouble.DEMO_LOSS_1), sheet.say(Trouble.DEMO_LOSS_2), sheet.say(Trouble.DEMO_LOSS_3)),
                base(entrance) + "/removal",
                sheet.say(Trouble.DEMO_REMOVE),
                base(entrance),
                sheet.say(Flow.TYPE_NAME, room.seen(entrance).name()));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/drill/removal", consumes = FORM)
    ResponseEntity<byte[]> remove(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        if (!form.text("typed").strip().equals(room.seen(entrance).name().strip())) {
            Sheet sheet = room.sheet(request).titled(Trouble.DEMO_REMOVE).keeping(form, "typed");
            sheet.wrong("typed", sheet.say(Flow.TYPED_OTHERWISE));
            return counter.show(request, "confirm", sheet, loss(entrance, sheet));
        }
        return room.shown(
                entrance,
                request,
                demos.remove(entrance),
                _ -> counter.go(Room.base(entrance) + "/overview", Done.DEMO_REMOVED));
    }
}
