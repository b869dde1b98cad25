package dev.averment.sabotage;

import dev.averment.checks.Judgement;
import dev.averment.checks.load.CheckTypes;
import dev.averment.sabotage.CalmReport.Alarm;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.InstanceException;
import dev.averment.sabotage.instance.Launch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Plants faults in disposable instances of one page, or plants none; either way the checks must say so. */
public final class Harness {
    private final Launch launch;
    private final Looks looks;
    private final Duration limit;
    private final Consumer<String> progress;

    /**
     * @param launch   how a sound instance starts, with the page
     * @param limit    after it no further fault is planted
     * @param progress gets one line a step
     */
    public Harness(Launch launch, CheckTypes types, InstantSource clock, Duration limit, Consumer<String> progress) {
        this.launch = launch;
        this.looks = new Looks(types, clock);
        this.limit = limit;
        this.progress = progress;
    }

    /**
     * Every fault for every built check.
     *
     * @param claims ids of the claims to try; all when empty
     * @throws InstanceException when no sound instance could be started, so that nothing can be said
     */
    public SabotageReport run(Set<String> claims) throws InstanceException, InterruptedException {
        return new SabotageRun(launch, looks, limit, progress, claims).all();
    }

    /**
     * Plants nothing and runs every built check {@code runs} times in a row.
     *
     * @param claims ids of the claims to look at; all when empty
     */
    public CalmReport calm(Set<String> claims, int runs) throws InstanceException, InterruptedException {
        List<Bound> bounds = Looks.bounds(launch.page(), claims).stream()
                .filter(bound -> looks.type(bound) instanceof CheckTypes.Built)
                .toList();
        Set<Bound> held = new HashSet<>();
        Map<Bound, Alarm> red = new LinkedHashMap<>();
        progress.accept(
                "starting an instance under the policy of " + launch.page().id());
        try (Instance instance = Instance.start(launch)) {
            for (int run = 1; run <= runs; run++) {
                for (Bound bound : bounds) {
                    Judgement said = looks.once(bound, instance);
                    if (said.verdict().holds()) {
                        held.add(bound);
                    } else {
                        red.putIfAbsent(bound, new Alarm(bound, run, said.verdict(), said.reason()));
                    }
                }
                progress.accept("run " + run + " of " + runs + " without a fault");
            }
        }
        return new CalmReport(
                runs,
                bounds.size(),
                red.values().stream()
                        .filter(alarm -> held.contains(alarm.bound()))
                        .toList(),
                red.values().stream()
                        .filter(alarm -> !held.contains(alarm.bound()))
                        .toList());
    }
}
