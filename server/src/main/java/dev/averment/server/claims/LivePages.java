package dev.averment.server.claims;

import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.claims.Audience;
import dev.averment.claims.Page;
import dev.averment.claims.PageExcerpt;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.packet.TlogProof;
import dev.averment.server.claims.PageState.CheckState;
import dev.averment.server.claims.PageState.ObservationSummary;
import dev.averment.server.evidence.LogReader;
import dev.averment.server.registers.RegisterStore;
import dev.averment.server.tenancy.WorkspaceContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The public side of {@link Pages}: only what everyone may read, with the proofs that belong to it. */
public final class LivePages implements PublishedPages {
    private final Pages pages;
    private final LogReader log;
    private final RegisterStore registers;
    private final PacketMaker packets;
    private final InstantSource clock;
    private final String first;
    private final PublicRevisions revisions = new PublicRevisions();
    private final Map<String, Packed> packed = new ConcurrentHashMap<>();

    /** How long a packet is handed out again: it is signed and proven anew, which nobody may make us do at will. */
    private static final Duration SHELF_LIFE = Duration.ofSeconds(5);

    /** Every checkpoint that was ever signed may be asked for: this many packets are made and held in that time. */
    private static final int MOST_PACKED = 16;

    private record Packed(Instant at, PacketAnswer answer) {
        boolean fresh(Instant now) {
            return at.plus(SHELF_LIFE).isAfter(now);
        }
    }

    /** @param first id of the operator's own page */
    public LivePages(
            Pages pages,
            LogReader log,
            RegisterStore registers,
            PacketMaker packets,
            InstantSource clock,
            String first) {
        this.pages = pages;
        this.log = log;
        this.registers = registers;
        this.packets = packets;
        this.clock = clock;
        this.first = first;
    }

    @Override
    public List<String> ids() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(first), pages.ids().stream().filter(id -> !id.equals(first)))
                .toList();
    }

    @Override
    public Optional<PageState> page(String id) {
        return pages.state(id).map(state -> state.openTo(Audience.PUBLIC));
    }

    @Override
    public List<VerdictSpan> history(String page, String claim, Instant from) {
        return page(page)
                .filter(s -> s.claims().stream().anyMatch(c -> c.claim().id().equals(claim)))
                .map(s -> pages.spans(s, claim, from))
                .orElse(List.of());
    }

    @Override
    public Map<String, List<VerdictSpan>> histories(String page, Instant from) {
        return page(page)
                .map(s -> {
                    Map<String, List<VerdictSpan>> all = pages.spans(s, from);
                    var open = new LinkedHashMap<String, List<VerdictSpan>>();
                    s.claims()
                            .forEach(c -> open.put(
                                    c.claim().id(), all.getOrDefault(c.claim().id(), List.of())));
                    return open;
                })
                .map(Map::copyOf)
                .orElse(Map.of());
    }

    @Override
    public Optional<ObservationDetail> observation(String page, String claim, String check) {
        return page(page)
                .flatMap(state -> state.claims().stream()
                        .filter(c -> c.claim().id().equals(claim))
                        .flatMap(c -> c.checks().stream())
                        .filter(c -> c.binding().id().equals(check))
                        .map(CheckState::observation)
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .flatMap(summary -> detail(state, summary)));
    }

    /** The facts in an entry; none when it can't be read, for then somebody altered it, and the log's own check says so. */
    private static Optional<String> facts(byte[] leaf) {
        try {
            return Optional.of(FactsJson.of(leaf));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private Optional<ObservationDetail> detail(PageState state, ObservationSummary summary) {
        Optional<byte[]> leaf = log.bytes(state.workspace(), summary.leaf());
        if (leaf.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> facts =
                pages.factsBeside(state, summary.leaf()).map(LivePages::pretty).or(() -> facts(leaf.get()));
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        var entry = log.entry(state.workspace(), summary.leaf());
        return Optional.of(new ObservationDetail(
                summary.leaf(),
                entry.map(LogReader.Entry::seq).orElse(null),
                summary.observedAt(),
                summary.receivedAt(),
                facts.get(),
                new String(leaf.get(), StandardCharsets.UTF_8),
                entry.map(e -> proof(state.workspace(), e.seq())).orElse(null)));
    }

    /** The proof of an entry under the newest published checkpoint; null while that doesn't cover it, and when the log does not fit it. */
    private @Nullable String proof(UUID workspace, long seq) {
        try {
            Optional<byte[]> note = log.checkpoint(workspace);
            if (note.isEmpty()) {
                return null;
            }
            Checkpoint checkpoint = Checkpoint.peek(note.get());
            if (checkpoint.size() <= seq) {
                return null;
            }
            List<Hash> path = new Prover(log.tiles(workspace), checkpoint.size()).inclusion(seq);
            return new String(new TlogProof(Optional.empty(), seq, path, note.get()).toBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException | NoteException | MerkleException e) {
            // A log that was set back or damaged proves nothing; its own checks say so, and the page is read on.
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pretty(String json) {
        try {
            return Json.parse(json.getBytes(StandardCharsets.UTF_8)).toPrettyJson();
        } catch (JsonException e) {
            throw new IllegalStateException("an observation's facts are not JSON", e);
        }
    }

    @Override
    public List<RevisionEntry> revisions(String page) {
        return page(page)
                .map(state -> revisions.of(state, pages.revisions(state), number -> pages.source(state, number)))
                .orElse(List.of());
    }

    @Override
    public Optional<Page> revision(String page, int number) {
        return page(page)
                .flatMap(state -> pages.source(state, number))
                .flatMap(source -> PageLoader.installed().load(page + ".yaml", source, clock.instant())
                                instanceof LoadResult.Loaded loaded
                        ? open(loaded.page())
                        : Optional.empty());
    }

    /** The page as far as everybody may know it, its file included. */
    private static Optional<Page> open(Page page) {
        return PageExcerpt.of(page, Audience.PUBLIC)
                .map(source -> new Page(
                        page.id(),
                        page.title(),
                        page.authoritative(),
                        page.asOf(),
                        page.policy(),
                        page.sections(),
                        page.documents(),
                        page.claims().stream()
                                .filter(claim -> Audience.PUBLIC.mayRead(claim.audience()))
                                .toList(),
                        source));
    }

    @Override
    public List<Map<String, String>> subProcessors(String page) {
        return page(page)
                .map(state -> registers
                        .entries(new WorkspaceContext(state.workspace(), "service:public-site"), page, "sub-processors")
                        .stream()
                        .map(entry -> {
                            Map<String, String> row = new LinkedHashMap<>();
                            row.put("id", entry.id());
                            row.put("name", entry.title());
                            row.putAll(entry.details());
                            return row;
                        })
                        .toList())
                .orElse(List.of());
    }

    @Override
    public PacketAnswer packet(String page, OptionalLong seen) {
        Optional<PageState> state = pages.state(page);
        if (state.isEmpty()) {
            return new PacketAnswer.Unknown("There is no such page.");
        }
        Instant now = clock.instant();
        packed.values().removeIf(last -> !last.fresh(now));
        String key = page + "?" + (seen.isPresent() ? seen.getAsLong() : "");
        if (seen.isPresent() && packed.size() >= MOST_PACKED && !packed.containsKey(key)) {
            return new PacketAnswer.Unavailable(
                    "Packets for many checkpoints are being asked for. Try again in " + SHELF_LIFE.toSeconds() + " s.");
        }
        return packed.compute(
                        key,
                        (_, last) -> last != null && last.fresh(now)
                                ? last
                                : new Packed(now, packets.make(state.get(), Audience.PUBLIC, seen)))
                .answer();
    }
}
