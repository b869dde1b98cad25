package dev.averment.sabotage;

import dev.averment.checks.Judgement;
import dev.averment.checks.load.CheckTypes;
import dev.averment.claims.Verdict;
import dev.averment.sabotage.SabotageReport.Waiting;
import dev.averment.sabotage.Trial.Outcome;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.InstanceException;
import dev.averment.sabotage.instance.Launch;
import dev.averment.sabotage.instance.ObstacleException;
import dev.averment.sabotage.instance.PlantException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One page's sabotage.
 *
 * <ol>
 *   <li>A sound instance is started under the page's policy, and every check is run once: what does not hold by itself
 *       can't be refuted.
 *   <li>Each fault that needs no restart is planted, the checks that it concerns must turn red, it is removed, and they must
 *       hold again.
 *   <li>Each fault of the start has an instance of its own, and a last one, started soundly, must hold again.
 * </ol>
 *
 * An instance that died, or in which a fault stayed behind, is thrown away and spoils no later trial.
 */
final class SabotageRun {
    /** The site's caches live for five seconds: a check that is to see a change of them may have to look again. */
    private static final Duration CATCH_PATIENCE = Duration.ofSeconds(8);

    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(20);

    private final Launch launch;
    private final Looks looks;
    private final Consumer<String> progress;
    private final long deadline;
    private final List<Bound> bounds;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, Sabotage> faults = new LinkedHashMap<>();
    private final Map<String, List<Bound>> concerned = new LinkedHashMap<>();
    private final Map<Bound, Judgement> standing = new HashMap<>();
    private final List<Trial> trials = new ArrayList<>();
    private @Nullable Instance running;
    private int planted;

    SabotageRun(Launch launch, Looks looks, Duration limit, Consumer<String> progress, Set<String> claims) {
        this.launch = launch;
        this.looks = looks;
        this.progress = progress;
        this.deadline = System.nanoTime() + limit.toNanos();
        this.bounds = Looks.bounds(launch.page(), claims);
        for (Bound bound : bounds) {
            switch (looks.type(bound)) {
                case CheckTypes.Built built -> enlist(bound);
                case CheckTypes.Planned planned -> waiting.add(new Waiting(bound, false, planned.reason()));
                case CheckTypes.Unknown unknown ->
                    waiting.add(new Waiting(bound, false, "There is no check of the type " + unknown.name() + "."));
            }
        }
    }

    private void enlist(Bound bound) {
        List<Sabotage> known = Catalogue.of(bound);
        if (known.isEmpty()) {
            waiting.add(new Waiting(
                    bound,
                    true,
                    "No fault is known yet that a check of the type "
                            + bound.check().type() + " must catch."));
        }
        for (Sabotage fault : known) {
            faults.putIfAbsent(fault.id(), fault);
            concerned.computeIfAbsent(fault.id(), _ -> new ArrayList<>()).add(bound);
        }
    }

    SabotageReport all() throws InstanceException, InterruptedException {
        try {
            if (!faults.isEmpty()) {
                baseline();
                for (Sabotage fault : faults.values()) {
                    if (fault instanceof Sabotage.Live live) {
                        tell(live);
                        if (ready(live)) {
                            live(live);
                        }
                    }
                }
                end();
                atStart();
            }
        } finally {
            end();
        }
        trials.sort(Comparator.comparingInt(trial -> bounds.indexOf(trial.bound())));
        return new SabotageReport(trials, waiting);
    }

    private void tell(Sabotage fault) {
        planted++;
        progress.accept(planted + "/" + faults.size() + "  " + fault.id());
    }

    private Instance instance() throws InstanceException, InterruptedException {
        Instance now = running;
        if (now != null && now.alive()) {
            return now;
        }
        end();
        progress.accept(
                "starting an instance under the policy of " + launch.page().id());
        Instance fresh = Instance.start(launch);
        running = fresh;
        return fresh;
    }

    private void end() {
        Instance now = running;
        running = null;
        if (now != null) {
            now.close();
        }
    }

    private void baseline() throws InstanceException, InterruptedException {
        Instance sound = instance();
        for (Bound bound :
                concerned.values().stream().flatMap(List::stream).distinct().toList()) {
            standing.put(bound, looks.once(bound, sound));
        }
    }

    /** Those checks that hold before the fault; the others are noted as not tried. */
    private boolean ready(Sabotage fault) {
        boolean any = false;
        for (Bound bound : of(fault)) {
            Judgement before = before(bound);
            if (System.nanoTime() > deadline) {
                note(fault, bound, Outcome.NOT_PLANTED, before, "time was up before its turn", Duration.ZERO);
            } else if (!before.verdict().holds()) {
                note(
                        fault,
                        bound,
                        Outcome.NOT_PLANTED,
                        before,
                        "it does not hold without the fault either: " + before.reason(),
                        Duration.ZERO);
            } else {
                any = true;
            }
        }
        return any;
    }

    private List<Bound> of(Sabotage fault) {
        return concerned.getOrDefault(fault.id(), List.of());
    }

    private Judgement before(Bound bound) {
        return standing.getOrDefault(bound, Judgement.unproven("it was not looked at"));
    }

    /** A look at a planted fault, and how long it took until the check was red. */
    private record Seen(Judgement said, Duration took) {}

    private Seen caught(Sabotage fault, Bound bound, Instance instance) throws InterruptedException {
        long start = System.nanoTime();
        Judgement said = looks.until(fault.expected()::equals, bound, instance, CATCH_PATIENCE);
        return new Seen(said, Duration.ofNanos(System.nanoTime() - start));
    }

    private void live(Sabotage.Live fault) throws InstanceException, InterruptedException {
        List<Bound> tried =
                of(fault).stream().filter(b -> before(b).verdict().holds()).toList();
        Instance instance = instance();
        Sabotage.Removal removal;
        try {
            removal = fault.planting().plant(instance);
        } catch (PlantException e) {
            for (Bound bound : tried) {
                note(fault, bound, Outcome.NOT_PLANTED, before(bound), e.reason(), Duration.ZERO);
            }
            // How far the planting came is not known.
            end();
            return;
        }
        Map<Bound, Seen> seen = new LinkedHashMap<>();
        try {
            for (Bound bound : tried) {
                seen.put(bound, caught(fault, bound, instance));
            }
        } finally {
            try {
                removal.remove();
            } catch (PlantException e) {
                progress.accept(fault.id() + " can't be removed: " + e.reason());
                end();
            }
        }
        boolean removed = running != null;
        for (Bound bound : tried) {
            Verdict wanted = before(bound).verdict();
            Judgement after = removed
                    ? looks.until(wanted::equals, bound, instance, RECOVERY_PATIENCE)
                    : Judgement.unproven("the fault could not be removed");
            conclude(fault, bound, seen.getOrDefault(bound, new Seen(before(bound), Duration.ZERO)), wanted, after);
            if (!after.verdict().equals(wanted)) {
                removed = false;
            }
        }
        if (!removed) {
            end();
        }
    }

    private void conclude(Sabotage fault, Bound bound, Seen seen, Verdict wanted, Judgement after) {
        if (!seen.said().verdict().equals(fault.expected())) {
            note(fault, bound, Outcome.MISSED, seen.said(), seen.said().reason(), seen.took());
        } else if (!after.verdict().equals(wanted)) {
            note(
                    fault,
                    bound,
                    Outcome.NOT_RECOVERED,
                    after,
                    "without the fault it says: " + after.reason(),
                    seen.took());
        } else {
            note(fault, bound, Outcome.CAUGHT, seen.said(), seen.said().reason(), seen.took());
        }
    }

    private void atStart() throws InstanceException, InterruptedException {
        Map<Sabotage, Map<Bound, Seen>> seen = new LinkedHashMap<>();
        for (Sabotage fault : faults.values()) {
            if (fault instanceof Sabotage.AtStart start) {
                tell(start);
                if (ready(start)) {
                    seen.put(start, started(start));
                }
            }
        }
        if (seen.values().stream().allMatch(Map::isEmpty)) {
            return;
        }
        Instance sound = instance();
        Map<Bound, Judgement> after = new HashMap<>();
        for (Map.Entry<Sabotage, Map<Bound, Seen>> tried : seen.entrySet()) {
            for (Map.Entry<Bound, Seen> look : tried.getValue().entrySet()) {
                Bound bound = look.getKey();
                Verdict wanted = before(bound).verdict();
                if (!after.containsKey(bound)) {
                    after.put(bound, looks.until(wanted::equals, bound, sound, RECOVERY_PATIENCE));
                }
                conclude(tried.getKey(), bound, look.getValue(), wanted, after.getOrDefault(bound, before(bound)));
            }
        }
    }

    private Map<Bound, Seen> started(Sabotage.AtStart fault) throws InterruptedException {
        List<Bound> tried =
                of(fault).stream().filter(b -> before(b).verdict().holds()).toList();
        Map<Bound, Seen> seen = new LinkedHashMap<>();
        try (Instance instance = Instance.start(fault.alteration().alter(launch))) {
            fault.afterwards().plant(instance);
            for (Bound bound : tried) {
                seen.put(bound, caught(fault, bound, instance));
            }
        } catch (ObstacleException e) {
            for (Bound bound : tried) {
                note(fault, bound, Outcome.NOT_PLANTED, before(bound), e.reason(), Duration.ZERO);
            }
            return Map.of();
        }
        return seen;
    }

    private void note(Sabotage fault, Bound bound, Outcome outcome, Judgement said, String reason, Duration took) {
        trials.add(new Trial(fault, bound, outcome, said.verdict(), reason, took));
        if (outcome != Outcome.CAUGHT) {
            progress.accept(outcome.word() + ": " + fault.id() + " under " + bound.label() + ": " + reason);
        }
    }
}
