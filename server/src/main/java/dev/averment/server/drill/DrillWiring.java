package dev.averment.server.drill;

import dev.averment.server.delivery.Channels;
import dev.averment.server.delivery.Deliveries;
import dev.averment.server.delivery.Inbox;
import dev.averment.server.identity.People;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.incidents.IncidentRules;
import dev.averment.server.incidents.Incidents;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.OwnRuns;
import dev.averment.server.monitoring.Runs;
import dev.averment.server.tenancy.Workspaces;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together, and gives its work to the workers. */
@Configuration(proxyBeanMethods = false)
class DrillWiring {

    @Bean
    Demos demos(
            WorkspaceAccess access,
            People people,
            Monitors monitors,
            IncidentRules rules,
            Channels channels,
            Inbox inbox,
            Jobs jobs,
            InstantSource clock) {
        return new Demos(access, people, monitors, rules, channels, inbox, jobs, clock);
    }

    @Bean
    Drills drills(
            WorkspaceAccess access,
            Demos demos,
            Monitors monitors,
            Runs runs,
            Incidents incidents,
            Deliveries deliveries) {
        return new Drills(access, demos, monitors, runs, incidents, deliveries);
    }

    @Bean
    JobHandler demoRunner(Workspaces workspaces, Monitors monitors, OwnRuns runs, Jobs jobs, InstantSource clock) {
        return new DemoRunner(workspaces, monitors, runs, jobs, clock);
    }

    @Bean
    JobHandler demoMender(Workspaces workspaces, Jobs jobs, InstantSource clock) {
        return new DemoMender(workspaces, jobs, clock);
    }
}
