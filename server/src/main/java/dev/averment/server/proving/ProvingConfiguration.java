package dev.averment.server.proving;

import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Prover;
import dev.averment.server.claims.Pages;
import dev.averment.server.database.Role;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.Workspaces;
import java.time.InstantSource;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

@Configuration(proxyBeanMethods = false)
class ProvingConfiguration {

    @Bean
    ProvingLoop provingLoop(
            RolePools pools,
            Pages pages,
            CheckTypes types,
            SelfTarget self,
            InstantSource clock,
            ProvingSwitch enabled) {
        return new ProvingLoop(
                new ScheduleStore(pools.of(Role.WORKER)),
                pages,
                types,
                new Prover(clock, Prover.DEFAULT_LIMIT),
                self::target,
                clock,
                enabled.runsChecks());
    }

    @Bean
    JobHandler canaryWork(Workspaces workspaces, Jobs jobs, Streams streams) {
        return new CanaryWork(workspaces, jobs, streams);
    }

    /** Before any other part stops, since a check that looks at a server which is stopping sees what is not so. */
    @Bean
    ApplicationListener<ContextClosedEvent> checksEndFirst(ProvingLoop loop) {
        return _ -> loop.stop();
    }
}
