package dev.averment.server.console.flow;

import dev.averment.server.clocks.CalendarText;
import dev.averment.server.clocks.Term;
import dev.averment.server.console.Counter;
import dev.averment.server.console.Done;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.delivery.Channel;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.incidents.ChainStep;
import dev.averment.server.incidents.IncidentRules;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is asked next while nobody takes an incident up, and when people are at work. */
@RestController
class ChainPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final Counter counter;
    private final Room room;
    private final IncidentRules rules;
    private final ChannelDesk channels;
    private final People people;

    ChainPages(Counter counter, Room room, IncidentRules rules, ChannelDesk channels, People people) {
        this.counter = counter;
        this.room = room;
        this.rules = rules;
        this.channels = channels;
        this.people = people;
    }

    private static String at(Entrance entrance) {
        return Room.base(entrance) + "/escalation";
    }

    private Sheet sheet(HttpServletRequest request, Entrance entrance) {
        return room.sheet(request).titled(Trouble.CHAIN).at(at(entrance));
    }

    @Needs(Permission.INCIDENTS_READ)
    @GetMapping("/workspaces/{workspace}/escalation")
    ResponseEntity<byte[]> page(Entrance entrance, HttpServletRequest request) {
        Sheet sheet = sheet(request, entrance);
        return room.shown(
                entrance,
                request,
                rules.chain(entrance),
                steps -> room.shown(entrance, request, rules.calendar(entrance), calendar -> {
                    filled(sheet, steps);
                    return page(entrance, request, filled(sheet, calendar), steps, steps.size());
                }));
    }

    /** What is written as the form's fields: the terms by number, and a tick for each target of a step. */
    private static Sheet filled(Sheet sheet, List<ChainStep> steps) {
        for (ChainStep step : steps) {
            sheet.with("after" + step.place(), step.after().text());
            sheet.ticking(Stream.concat(
                            step.channels().stream().map(id -> step.place() + ":c:" + id),
                            step.people().stream().map(id -> step.place() + ":p:" + id))
                    .toList());
        }
        return sheet;
    }

    private static Sheet filled(Sheet sheet, CalendarText calendar) {
        return sheet.with("zone", calendar.zone())
                .with("region", calendar.region())
                .with("week", calendar.week())
                .with("closures", calendar.closures());
    }

    private ResponseEntity<byte[]> page(
            Entrance entrance, HttpServletRequest request, Sheet sheet, List<ChainStep> steps, int filled) {
        return room.shown(
                entrance,
                request,
                channels.all(entrance),
                all -> room.shown(entrance, request, people.members(entrance), members -> {
                    var named = new LinkedHashMap<UUID, String>();
                    members.stream()
                            .filter(m -> m.member().role().may(Permission.INCIDENTS_CHANGE))
                            .forEach(m -> named.put(m.member().account(), m.name()));
                    var about = new HashMap<String, Object>();
                    about.put("seen", room.seen(entrance));
                    about.put("steps", lines(sheet, steps, all, named));
                    about.put("channels", all);
                    about.put("people", named);
                    about.put("places", Math.min(filled + 1, IncidentRules.MOST_STEPS));
                    return counter.show(request, "chain", sheet, about);
                }));
    }

    /** Each step in words, for whoever may only read. */
    private static List<String> lines(
            Sheet sheet, List<ChainStep> steps, List<Channel> channels, Map<UUID, String> people) {
        return steps.stream()
                .map(step -> {
                    List<String> targets = Stream.concat(
                                    step.channels().isEmpty()
                                            ? Stream.of(sheet.say(Trouble.STEP_ALL))
                                            : channels.stream()
                                                    .filter(c -> step.channels().contains(c.id()))
                                                    .map(Channel::name),
                                    step.people().stream().map(id -> people.getOrDefault(id, sheet.say(Flow.BY_GONE))))
                            .toList();
                    return sheet.say(Trouble.STEP_ABOUT, step.after().text(), String.join(", ", targets));
                })
                .toList();
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/escalation", consumes = FORM)
    ResponseEntity<byte[]> chain(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request, entrance);
        var steps = new ArrayList<ChainStep>();
        int last = 0;
        for (int place = 1; place <= IncidentRules.MOST_STEPS; place++) {
            String after = form.text("after" + place).strip();
            List<String> to = form.ticked("to" + place);
            sheet.with("after" + place, after).ticking(to);
            if (!after.isEmpty()) {
                last = place;
                Optional<Term> term = term(after);
                if (term.isEmpty()) {
                    sheet.wrong("after" + place, sheet.say(Flow.SPAN_WRONG));
                } else {
                    String mine = place + ":";
                    steps.add(new ChainStep(steps.size() + 1, term.get(), ids(to, mine + "c:"), ids(to, mine + "p:")));
                }
            }
        }
        int filled = last;
        return sheet.faultless()
                ? counter.answer(
                        rules.chain(entrance, steps),
                        _ -> counter.go(at(entrance), Done.CHAIN_SAVED),
                        why -> again(entrance, request, why, sheet, filled))
                : calendared(entrance, request, sheet, filled);
    }

    private static Optional<Term> term(String text) {
        try {
            return Optional.of(Term.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<UUID> ids(List<String> ticked, String prefix) {
        return ticked.stream()
                .filter(value -> value.matches(prefix + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .map(value -> UUID.fromString(value.substring(prefix.length())))
                .distinct()
                .toList();
    }

    private ResponseEntity<byte[]> again(
            Entrance entrance, HttpServletRequest request, Refusal why, Sheet sheet, int filled) {
        return why instanceof Refusal.Invalid invalid
                ? calendared(entrance, request, sheet.wrong(Sheet.WHOLE, invalid.message()), filled)
                : counter.refuse(request, why, sheet, at(entrance));
    }

    /** The page with the chain as it was typed, and the calendar as it is. */
    private ResponseEntity<byte[]> calendared(Entrance entrance, HttpServletRequest request, Sheet sheet, int filled) {
        return room.shown(
                entrance,
                request,
                rules.calendar(entrance),
                calendar -> page(entrance, request, filled(sheet, calendar), List.of(), filled));
    }

    @Needs(Permission.WORKSPACE_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/calendar", consumes = FORM)
    ResponseEntity<byte[]> calendar(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        Outcome<Boolean> done = rules.calendar(
                entrance,
                new CalendarText(
                        form.text("zone").strip(),
                        form.text("region").strip(),
                        form.text("week").strip(),
                        form.text("closures").strip()));
        return counter.answer(
                done,
                _ -> counter.go(at(entrance), Done.CALENDAR_SAVED),
                why -> why instanceof Refusal.Invalid invalid
                        ? room.shown(entrance, request, rules.chain(entrance), steps -> {
                            Sheet sheet = sheet(request, entrance)
                                    .keeping(form, "zone", "region", "week", "closures")
                                    .wrong(Sheet.WHOLE, invalid.message());
                            return page(entrance, request, filled(sheet, steps), steps, steps.size());
                        })
                        : counter.refuse(request, why, sheet(request, entrance), at(entrance)));
    }
}
