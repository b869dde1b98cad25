package dev.averment.server.claims;

import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Observation;
import dev.averment.claims.Audience;
import dev.averment.claims.Page;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.leaf.LeafBuilder;
import dev.averment.evidence.merkle.Hash;
import dev.averment.server.evidence.CommitmentStore;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.tenancy.WorkspaceContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the log says of pages: a revision that came into force, and what was observed. */
final class PageLeaves {
    private final LeafStore leaves;
    private final InstantSource clock;
    private final CheckTypes types;

    PageLeaves(LeafStore leaves, InstantSource clock, CheckTypes types) {
        this.leaves = leaves;
        this.clock = clock;
        this.types = types;
    }

    /** The entry that puts a revision in force, with what it commits to. */
    PagePromises.Entry revised(
            JdbcClient jdbc, WorkspaceContext context, Page page, int number, int changed, Instant now) {
        Map<Audience, Disclosure> promised = PagePromises.make(page, types);
        LeafBuilder builder = Leaf.of(leaves.origin(jdbc, context), "page.revised")
                .id(LeafIds.next(clock))
                .time(now, now)
                .category(Leaf.Category.ADMIN)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SERVICE, "pages")
                .target("page", page.id(), Integer.toString(number))
                .detail(JsonObject.of(
                        "page",
                        page.id(),
                        "revision",
                        number,
                        "as_of",
                        page.asOf().toString(),
                        "sha256",
                        Hash.sha256(page.source()).hex(),
                        "changes",
                        changed));
        promised.values().forEach(builder::disclose);
        Leaf leaf = builder.build();
        leaves.append(jdbc, context, leaf);
        promised.values().forEach(disclosure -> CommitmentStore.keep(jdbc, context, leaf.id(), disclosure));
        return new PagePromises.Entry(leaf.id(), promised);
    }

    /** The entry of an observation, not appended yet. */
    Leaf observed(
            JdbcClient jdbc,
            WorkspaceContext context,
            String page,
            int revision,
            UUID id,
            Observation seen,
            JsonObject facts) {
        return Leaf.of(leaves.origin(jdbc, context), "check.observed")
                .id(LeafIds.next(clock))
                .time(seen.facts().observedAt(), seen.receivedAt())
                .category(Leaf.Category.OBSERVATION)
                .crud(Leaf.Crud.READ)
                .actor(Leaf.ActorType.SERVICE, "prover")
                .target("claim", page + "/" + seen.claim(), Integer.toString(revision))
                .detail(JsonObject.of(
                        "observation",
                        id.toString(),
                        "page",
                        page,
                        "revision",
                        revision,
                        "claim",
                        seen.claim(),
                        "check",
                        seen.check(),
                        "type",
                        seen.type(),
                        "verdict",
                        seen.judgement().verdict().word(),
                        "reason",
                        seen.judgement().reason(),
                        "facts",
                        FactsJson.forLeaf(facts)))
                .build();
    }
}
