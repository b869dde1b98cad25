package dev.averment.server.boot;

import dev.averment.evidence.merkle.Hash;
import dev.averment.server.api.RouteList;
import dev.averment.server.database.DataFolder;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.evidence.LogKey;
import dev.averment.server.proving.Instance;
import dev.averment.server.proving.InstanceTarget;
import dev.averment.server.proving.SelfTarget;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/** Says that the server is ready: to its own checks, and through the data folder to commands of the same user. */
@Component
class Announcement implements ApplicationListener<ApplicationReadyEvent> {
    private final Prepared prepared;
    private final Workspaces workspaces;
    private final LeafStore leaves;
    private final LogKey key;
    private final RolePools pools;
    private final RouteList routes;
    private final SelfTarget self;

    Announcement(
            Prepared prepared,
            Workspaces workspaces,
            LeafStore leaves,
            LogKey key,
            RolePools pools,
            RouteList routes,
            SelfTarget self) {
        this.prepared = prepared;
        this.workspaces = workspaces;
        this.leaves = leaves;
        this.key = key;
        this.pools = pools;
        this.routes = routes;
        this.self = self;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        try {
            DataFolder data = prepared.data();
            var context = new WorkspaceContext(WellKnown.OPERATOR, "system:setup");
            String origin = workspaces.reading(context, jdbc -> leaves.origin(jdbc, context));
            var instance = new Instance(
                    prepared.page().id(),
                    Hash.sha256(prepared.page().source()).hex(),
                    prepared.port(),
                    prepared.readingPort(),
                    prepared.access().announcement(),
                    prepared.postgresPid(),
                    ProcessHandle.current().pid(),
                    origin,
                    key.vkey(origin).toString(),
                    prepared.service(),
                    prepared.serviceKeys().toString(),
                    routes.of(prepared.page()));
            self.ready(InstanceTarget.own(data, prepared.access(), instance, pools));
            instance.announce(data);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
