package dev.averment.server.monitoring;

import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.Role;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.edge.EdgeConfiguration;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.limits.Limits;
import dev.averment.server.monitoring.ingest.GroupCommit;
import dev.averment.server.monitoring.ingest.IngestLane;
import dev.averment.server.monitoring.ingest.IngestLimits;
import dev.averment.server.monitoring.ingest.IngestRoom;
import dev.averment.server.monitoring.ingest.IngestTokens;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of monitoring together. */
@Configuration(proxyBeanMethods = false)
class MonitoringWiring {
    private static final int PURGED = 10_000;

    @Bean
    DueStore dueStore(RolePools pools) {
        return new DueStore(pools.of(Role.WORKER));
    }

    @Bean
    Outages outages(DueStore store, InstantSource clock) {
        return new Outages(store, clock);
    }

    @Bean
    Watching watching(
            Workspaces workspaces,
            LeafStore leaves,
            ObjectProvider<MonitorListener> listeners,
            Outages outages,
            Streams streams,
            InstantSource clock) {
        return new Watching(workspaces, leaves, listeners.orderedStream().toList(), outages, streams, clock);
    }

    @Bean
    MonitorLoop monitorLoop(
            Watching watching,
            Workspaces workspaces,
            LeafStore leaves,
            Outages outages,
            DueStore due,
            InstantSource clock) {
        var pings = new PingStore();
        return new MonitorLoop(
                watching,
                new Sealing(workspaces, leaves, clock),
                outages,
                due,
                (workspace, before) -> workspaces.in(
                        new WorkspaceContext(workspace, "service:monitor"),
                        jdbc -> pings.purge(jdbc, workspace, before, PURGED)),
                clock);
    }

    @Bean
    Monitors monitors(WorkspaceAccess access, Workspaces workspaces, Watching watching, InstantSource clock) {
        return new Monitors(access, workspaces, watching, clock);
    }

    @Bean
    Runs runs(WorkspaceAccess access, Monitors monitors, InstantSource clock) {
        return new Runs(access, monitors, clock);
    }

    @Bean
    PingHistory pingHistory(WorkspaceAccess access, Monitors monitors) {
        return new PingHistory(access, monitors);
    }

    @Bean
    IngestTokens ingestTokens(DataFolder data, InstantSource clock) throws IOException {
        return new IngestTokens(data.secret("ingest-key"), clock);
    }

    @Bean
    IngestSecrets ingestSecrets(WorkspaceAccess access, Monitors monitors, IngestTokens tokens, InstantSource clock) {
        return new IngestSecrets(access, monitors, tokens, clock);
    }

    @Bean
    GroupCommit groupCommit(RolePools pools, MonitorLoop loop) {
        return IngestRoom.commit(pools.of(Role.INGEST), written -> {
            written.forEach(each -> {
                if (each.workspace() != null && each.monitor() != null && each.number() > 0) {
                    loop.heard(each.workspace(), each.monitor());
                }
            });
            loop.wake();
        });
    }

    @Bean
    OwnRuns ownRuns(Workspaces workspaces, GroupCommit commit, InstantSource clock) {
        return new OwnRuns(workspaces, commit, clock);
    }

    @Bean
    FilterRegistrationBean<IngestLane> ingestLane(
            GroupCommit commit,
            Limits limits,
            Page page,
            IngestTokens tokens,
            Monitors monitors,
            ClientAddress addresses,
            InstantSource clock) {
        var bean = new FilterRegistrationBean<>(
                IngestRoom.lane(commit, IngestLimits.of(limits, page), tokens, monitors::provision, addresses, clock));
        bean.setOrder(EdgeConfiguration.LANES);
        bean.setUrlPatterns(List.copyOf(IngestLane.PATTERNS));
        return bean;
    }
}
