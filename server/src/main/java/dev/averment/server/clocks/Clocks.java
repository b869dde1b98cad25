package dev.averment.server.clocks;

import dev.averment.server.evidence.LeafIds;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Starts, stops and watches clocks. A clock's end is counted once, when it starts, by the calendar of that day; of a subject
 * and rule one clock runs at a time. How one ended is never rewritten, which the database sees to itself.
 */
public final class Clocks {
    /** So many are marked in one transaction. */
    private static final int BATCH = 200;

    private final ClockStore clocks = new ClockStore();
    private final CalendarStore calendars = new CalendarStore();
    private final List<ClockListener> listeners = new CopyOnWriteArrayList<>();
    private final Workspaces workspaces;
    private final Wakes wakes;
    private final InstantSource now;

    public Clocks(Workspaces workspaces, Wakes wakes, InstantSource now) {
        this.workspaces = workspaces;
        this.wakes = wakes;
        this.now = now;
    }

    /** Called for every clock that is missed from now on. */
    public void onMissed(ClockListener listener) {
        listeners.add(listener);
    }

    /** Starts a clock. One of the same subject and rule that still runs is withdrawn: its row stays, with the reason. */
    public Clock start(JdbcClient tx, UUID workspace, String subject, String rule, Term term, Instant from) {
        withdraw(tx, workspace, subject, rule, "there is another deadline now");
        Optional<CalendarStore.Version> calendar = calendars.newest(tx, workspace);
        Instant start = from.truncatedTo(ChronoUnit.MICROS);
        var clock = new Clock(
                LeafIds.next(now),
                subject,
                rule,
                term.text(),
                calendar.map(CalendarStore.Version::number).orElse(0),
                start,
                term.due(
                        start,
                        calendar.map(CalendarStore.Version::text)
                                .orElse(CalendarText.USUAL)
                                .calendar()),
                Optional.empty(),
                Optional.empty(),
                "");
        clocks.insert(tx, workspace, clock);
        wakes.at(tx, workspace, clock.id(), clock.due());
        return clock;
    }

    /** What the clock was for is done. False when none runs. */
    public boolean stop(JdbcClient tx, UUID workspace, String subject, String rule, String because) {
        Instant at = now.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Clock> clock = clocks.running(tx, workspace, subject, rule);
        clock.ifPresent(running -> {
            boolean late = at.isAfter(running.due());
            if (late && running.outcome().isEmpty()) {
                // Nobody had marked it yet: those who want to hear of a miss hear of it before it ends.
                miss(tx, workspace, running);
            }
            clocks.stop(
                    tx,
                    workspace,
                    running.id(),
                    // A clock that was set back stops no clock before it began.
                    at.isBefore(running.started()) ? running.started() : at,
                    late ? Clock.Outcome.MISSED : Clock.Outcome.MET,
                    because);
        });
        return clock.isPresent();
    }

    /** What the clock was for no longer has to be done. One that was missed stays missed. */
    public void withdraw(JdbcClient tx, UUID workspace, String subject, String rule, String because) {
        Instant at = now.instant().truncatedTo(ChronoUnit.MICROS);
        clocks.running(tx, workspace, subject, rule).ifPresent(running -> {
            boolean late = at.isAfter(running.due());
            if (late && running.outcome().isEmpty()) {
                miss(tx, workspace, running);
            }
            clocks.stop(
                    tx, workspace, running.id(), at, late ? Clock.Outcome.MISSED : Clock.Outcome.WITHDRAWN, because);
        });
    }

    /** Marks what ran out in the workspace and tells of it; called when a clock is due. How many there were. */
    public int due(UUID workspace) {
        int all = 0;
        int marked;
        do {
            marked = workspaces.in(new WorkspaceContext(workspace, "service:clocks"), tx -> {
                List<Clock> overdue = clocks.overdue(tx, workspace, now.instant(), BATCH);
                overdue.forEach(clock -> miss(tx, workspace, clock));
                return overdue.size();
            });
            all += marked;
        } while (marked == BATCH);
        return all;
    }

    private void miss(JdbcClient tx, UUID workspace, Clock clock) {
        clocks.missed(tx, workspace, clock.id());
        listeners.forEach(listener -> listener.missed(tx, workspace, clock));
    }

    /** The clocks of a subject, in the order in which they were started. */
    public List<Clock> of(JdbcClient tx, UUID workspace, String subject) {
        return clocks.of(tx, workspace, subject);
    }

    /** Clocks that run, the one that is due first first; those that were missed and are still to be stopped among them. */
    public List<Clock> running(JdbcClient tx, UUID workspace, int most) {
        return clocks.running(tx, workspace, most);
    }

    /** How often each promise was kept by clocks that started since then. */
    public List<Attainment> attainment(JdbcClient tx, UUID workspace, Instant since) {
        return clocks.attainment(tx, workspace, since, now.instant());
    }

    /** The workspace's calendar. */
    public CalendarText calendar(JdbcClient tx, UUID workspace) {
        return calendars.newest(tx, workspace).map(CalendarStore.Version::text).orElse(CalendarText.USUAL);
    }

    /**
     * Gives the workspace another calendar, by which clocks are counted that start from now on.
     *
     * @throws IllegalArgumentException with what to write instead
     */
    public void calendar(JdbcClient tx, UUID workspace, CalendarText text) {
        // A calendar in which nobody works within a year would keep every clock from starting.
        text.calendar().plusDays(now.instant(), 30);
        int next = calendars
                        .newest(tx, workspace)
                        .map(CalendarStore.Version::number)
                        .orElse(0)
                + 1;
        calendars.insert(tx, workspace, new CalendarStore.Version(next, text), now.instant());
    }
}
