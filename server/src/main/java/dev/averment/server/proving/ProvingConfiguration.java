package dev.averment.server.proving;

import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Prover;
import dev.averment.server.claims.Pages;
import dev.averment.server.database.Role;
import dev.averment.server.tenancy.RolePools;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
}
