package dev.averment.server.boot;

import dev.averment.checks.load.CheckTypes;
import dev.averment.claims.Page;
import dev.averment.server.claims.LivePages;
import dev.averment.server.claims.PacketMaker;
import dev.averment.server.claims.Pages;
import dev.averment.server.claims.PublishedPages;
import dev.averment.server.clocks.Clocks;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.Role;
import dev.averment.server.delivery.Deliveries;
import dev.averment.server.disclosure.SecurityContact;
import dev.averment.server.disclosure.SigningKey;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.edge.EdgeConfiguration.ConnectionShare;
import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import dev.averment.server.edge.EdgeConfiguration.ReadingPort;
import dev.averment.server.edge.EdgePolicy;
import dev.averment.server.evidence.Anchor;
import dev.averment.server.evidence.BacklogStore;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.evidence.IntegratorLoop;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.evidence.LogKey;
import dev.averment.server.evidence.LogPast;
import dev.averment.server.evidence.LogReader;
import dev.averment.server.evidence.Origins;
import dev.averment.server.evidence.Publication;
import dev.averment.server.identity.OwnService;
import dev.averment.server.incidents.Alerts;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.JobWorker;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.RetryPolicy;
import dev.averment.server.jobs.WorkerSettings;
import dev.averment.server.limits.Limits;
import dev.averment.server.limits.LocalLimits;
import dev.averment.server.limits.LocalSlots;
import dev.averment.server.limits.SharedLimits;
import dev.averment.server.limits.Slots;
import dev.averment.server.proving.ProvingSwitch;
import dev.averment.server.proving.SelfTarget;
import dev.averment.server.registers.RegisterStore;
import dev.averment.server.stream.StreamHub;
import dev.averment.server.stream.StreamPolicy;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the rooms together. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final int BATCH = 5000;

    @Bean
    InstantSource clock(Prepared prepared) {
        return prepared.clock();
    }

    @Bean
    DataFolder dataFolder(Prepared prepared) {
        return prepared.data();
    }

    @Bean
    EdgePolicy edgePolicy(Prepared prepared) {
        return EdgePolicy.of(prepared.page());
    }

    @Bean
    ReadingPort readingPort(Prepared prepared) {
        return new ReadingPort(prepared.readingPort());
    }

    @Bean
    ConnectionShare connectionShare(Prepared prepared) {
        return new ConnectionShare(prepared.connectionsPerAddress());
    }

    /** The operator's page: its policy is what every room enforces. */
    @Bean
    Page page(Prepared prepared) {
        return prepared.page();
    }

    @Bean
    OwnAddresses ownAddresses(Prepared prepared) {
        return new OwnAddresses(prepared.base(), URI.create("https://localhost:" + prepared.port()));
    }

    @Bean
    ClientAddress clientAddress(Prepared prepared) {
        return new ClientAddress(prepared.trustedProxies());
    }

    /** Shared by all servers that name the same Redis, or this one's own. */
    @Bean
    Limits limits(Prepared prepared, DataFolder data, InstantSource clock) throws IOException {
        if (prepared.redis() == null) {
            return new LocalLimits(clock);
        }
        var shared = new SharedLimits(prepared.redis(), HexFormat.of().parseHex(data.secret("limits-key")), clock);
        shared.greet();
        return shared;
    }

    @Bean
    OwnService ownService(Prepared prepared) {
        return new OwnService(prepared.service(), prepared.serviceKeys());
    }

    @Bean
    RolePools pools(Prepared prepared) throws IOException {
        return new RolePools(
                prepared.access(), Map.of(Role.APP, 16, Role.AUTH, 8, Role.WORKER, 8, Role.LOG, 2, Role.INGEST, 2));
    }

    @Bean
    Seal seal(DataFolder data) throws IOException {
        return new Seal(data.secret("seal-key"));
    }

    @Bean
    Workspaces workspaces(RolePools pools, Seal seal) {
        return new Workspaces(pools.of(Role.APP), seal);
    }

    @Bean
    LogKey logKey(DataFolder data) throws IOException {
        return LogKey.open(data);
    }

    @Bean
    Origins origins(DataFolder data) throws IOException {
        return new Origins(data.secret("instance").substring(0, 12));
    }

    @Bean
    Publication publication(DataFolder data, LogKey key) {
        return new Publication(data, key);
    }

    @Bean
    LeafStore leafStore() {
        return new LeafStore();
    }

    @Bean
    LogReader logReader(Workspaces workspaces, Publication publication) {
        return new LogReader(workspaces, publication);
    }

    @Bean
    Anchor anchor(RolePools pools, InstantSource clock) {
        return new Anchor(pools.of(Role.LOG), clock, WellKnown.ANCHOR);
    }

    @Bean
    Integrator integrator(RolePools pools, LogKey key, Publication publication, InstantSource clock, Anchor anchor) {
        return new Integrator(pools.of(Role.LOG), key, publication, clock, BATCH, anchor::offer);
    }

    @Bean
    BacklogStore backlog(RolePools pools, InstantSource clock) {
        return new BacklogStore(pools.of(Role.LOG), clock);
    }

    @Bean
    IntegratorLoop integratorLoop(Integrator integrator, Anchor anchor, LeafStore leaves, InstantSource clock) {
        var loop = new IntegratorLoop(integrator, anchor, clock, Duration.ofSeconds(10));
        leaves.onCommit(loop::wake);
        return loop;
    }

    @Bean
    Jobs jobs(InstantSource clock) {
        return new Jobs(clock);
    }

    @Bean
    Streams streams(InstantSource clock) {
        return new Streams(clock);
    }

    @Bean
    StreamPolicy streamPolicy() {
        return StreamPolicy.USUAL;
    }

    @Bean
    StreamHub streamHub(
            RolePools pools, Workspaces workspaces, Streams streams, InstantSource clock, StreamPolicy policy) {
        return new StreamHub(pools.of(Role.WORKER), workspaces, streams, clock, policy);
    }

    @Bean
    Slots slots() {
        return new LocalSlots();
    }

    @Bean
    Clocks clocks(Workspaces workspaces, Jobs jobs, InstantSource clock) {
        return new Clocks(workspaces, new JobWakes(jobs), clock);
    }

    @Bean
    JobHandler dueClocks(Clocks clocks) {
        return JobWakes.handler(clocks);
    }

    @Bean
    Alerts alerts(Deliveries deliveries) {
        return deliveries::announce;
    }

    @Bean
    JobWorker jobWorker(RolePools pools, Jobs jobs, ObjectProvider<JobHandler> handlers, InstantSource clock) {
        return new JobWorker(
                pools.of(Role.WORKER),
                jobs,
                handlers.orderedStream().toList(),
                RetryPolicy.USUAL,
                WorkerSettings.USUAL,
                clock);
    }

    @Bean
    RegisterStore registerStore(Workspaces workspaces) {
        return new RegisterStore(workspaces);
    }

    @Bean
    SecurityContact securityContact(RegisterStore registers, Prepared prepared, DataFolder data, InstantSource clock)
            throws IOException {
        // Canonical names the machine's own address as well: that is where the server's own checks read the file.
        List<URI> bases = Stream.of(prepared.base(), URI.create("https://localhost:" + prepared.port()))
                .distinct()
                .toList();
        return new SecurityContact(registers, prepared.page(), bases, SigningKey.open(data, clock.instant()), clock);
    }

    @Bean
    CheckTypes checkTypes() {
        return CheckTypes.installed();
    }

    @Bean
    Pages pages(Workspaces workspaces, LeafStore leaves, InstantSource clock, CheckTypes types) {
        return new Pages(workspaces, leaves, clock, types);
    }

    @Bean
    PacketMaker packetMaker(LogReader logs, LogKey key, Anchor anchor, InstantSource clock) {
        return new PacketMaker(logs, key, new LogPast(logs, key, anchor), clock);
    }

    @Bean
    SelfTarget selfTarget() {
        return new SelfTarget();
    }

    @Bean
    ProvingSwitch provingSwitch(Prepared prepared) {
        return new ProvingSwitch(prepared.schedule());
    }

    @Bean
    PublishedPages publishedPages(
            Pages pages,
            LogReader logs,
            RegisterStore registers,
            PacketMaker packets,
            InstantSource clock,
            Prepared prepared) {
        return new LivePages(
                pages, logs, registers, packets, clock, prepared.page().id());
    }
}
