package dev.averment.server.monitoring.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Due when the clock on a wall shows certain times. Twice a year in many zones that clock jumps: what is due then is what the
 * program does that starts the work, so each kind of expression has its own rule.
 */
public final class WallClockSchedule implements Schedule {
    /** What happens to times that a jump leaves out or shows twice. */
    enum Jumps {
        /** Debian's cron, for a job at fixed hours: left out, it runs right after the jump; shown twice, it runs once. */
        CATCH_UP_ONCE,
        /** Debian's cron, for a job at every hour or minute: it runs whenever the clock shows its time. */
        AS_SHOWN,
        /** systemd's timers: left out, it does not run that day; shown twice, it runs at the first. */
        SKIP_AND_FIRST
    }

    private final String expression;
    private final ZoneId zone;
    private final WallTimes times;
    private final Jumps jumps;

    WallClockSchedule(String expression, ZoneId zone, WallTimes times, Jumps jumps) {
        this.expression = expression;
        this.zone = zone;
        this.times = times;
        this.jumps = jumps;
    }

    /** As the user wrote it. */
    public String expression() {
        return expression;
    }

    public ZoneId zone() {
        return zone;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return jumps == Jumps.AS_SHOWN ? nextShown(after) : nextOnce(after);
    }

    /** Goes from jump to jump: between two of them the wall and the world run alike. */
    private Optional<Instant> nextShown(Instant after) {
        ZoneRules rules = zone.getRules();
        Instant from = after.plusNanos(1);
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<Instant> candidate =
                    times.firstFrom(LocalDateTime.ofInstant(from, offset)).map(local -> local.toInstant(offset));
            @Nullable ZoneOffsetTransition jump = rules.nextTransition(from);
            if (candidate.isEmpty() || jump == null || candidate.get().isBefore(jump.getInstant())) {
                return candidate;
            }
            from = jump.getInstant();
        }
    }

    private Optional<Instant> nextOnce(Instant after) {
        ZoneRules rules = zone.getRules();
        LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
        Optional<LocalDateTime> candidate = times.firstFrom(from);
        while (candidate.isPresent()) {
            Optional<Instant> instant = once(candidate.get(), rules).filter(i -> i.isAfter(after));
            if (instant.isPresent()) {
                return instant;
            }
            candidate = times.firstFrom(candidate.get().plusSeconds(1));
        }
        return Optional.empty();
    }

    private Optional<Instant> once(LocalDateTime local, ZoneRules rules) {
        @Nullable ZoneOffsetTransition jump = rules.getTransition(local);
        if (jump != null && jump.isGap()) {
            return jumps == Jumps.CATCH_UP_ONCE ? Optional.of(jump.getInstant()) : Optional.empty();
        }
        // Of two offsets, getOffset gives the one before the jump: the first time that the clock shows it.
        return Optional.of(local.toInstant(rules.getOffset(local)));
    }

    @Override
    public String toString() {
        return expression + " " + zone;
    }
}
