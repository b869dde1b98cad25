package dev.averment.server.incidents;

import dev.averment.claims.Page;
import dev.averment.server.claims.Pages;
import dev.averment.server.clocks.Clocks;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.monitoring.MonitorListener;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.Workspaces;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the room together, and has it hear of what breaks. */
@Configuration(proxyBeanMethods = false)
class IncidentWiring {

    @Bean
    IncidentBook incidentBook(
            Clocks clocks,
            Alerts alerts,
            Streams streams,
            Page page,
            OwnAddresses addresses,
            InstantSource clock,
            Pages pages,
            WorkspaceMembers members) {
        var book = new IncidentBook(clocks, alerts, streams, IncidentPolicy.of(page), addresses.base(), clock);
        var escalation = new Escalation(book);
        clocks.onMissed(escalation);
        members.onGone(escalation);
        pages.onVerdict(new ClaimIncidents(book));
        return book;
    }

    @Bean
    MonitorListener monitorIncidents(IncidentBook book) {
        return new MonitorIncidents(book);
    }

    @Bean
    Incidents incidents(WorkspaceAccess access, IncidentBook book) {
        return new Incidents(access, book);
    }

    @Bean
    OperatorChain operatorChain(Workspaces workspaces) {
        return new OperatorChain(workspaces);
    }

    @Bean
    IncidentRules incidentRules(WorkspaceAccess access, IncidentBook book) {
        return new IncidentRules(access, book);
    }
}
