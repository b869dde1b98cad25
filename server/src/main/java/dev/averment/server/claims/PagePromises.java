package dev.averment.server.claims;

import dev.averment.checks.load.CheckTypes;
import dev.averment.claims.Audience;
import dev.averment.claims.Page;
import dev.averment.claims.PageExcerpt;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.leaf.LeafException;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.packet.Promises;
import dev.averment.server.evidence.CommitmentStore;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a page promises to each kind of reader, as the entry that put it in force commits to. */
final class PagePromises {
    /** Internal claims leave the house in no packet. */
    private static final List<Audience> READERS = List.of(Audience.PUBLIC, Audience.PACKET);

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The entry with which a revision came into force.
     *
     * @param leaf     its id
     * @param promised per kind of reader what it commits to
     */
    record Entry(UUID leaf, Map<Audience, Disclosure> promised) {
        Entry {
            promised = Map.copyOf(promised);
        }
    }

    private PagePromises() {}

    /** New commitments to what {@code page} promises. */
    static Map<Audience, Disclosure> make(Page page, CheckTypes types) {
        var promised = new EnumMap<Audience, Disclosure>(Audience.class);
        READERS.forEach(reader -> promised.put(reader, to(page, reader, types).disclose(RANDOM)));
        return promised;
    }

    /** The commitments that {@code leaf} made, when they are to what {@code page} promises and their salts were kept. */
    static Optional<Entry> kept(
            JdbcClient jdbc, UUID workspace, Page page, CheckTypes types, int revision, byte[] bytes) {
        try {
            Leaf leaf = Leaf.parse(bytes);
            var detail = leaf.json().object("detail");
            if (!detail.string("page").equals(page.id()) || detail.integer("revision") != revision) {
                return Optional.empty();
            }
            var promised = new EnumMap<Audience, Disclosure>(Audience.class);
            for (Audience reader : READERS) {
                Promises promises = to(page, reader, types);
                CommitmentStore.salt(jdbc, workspace, leaf.id(), Promises.path(reader.word()))
                        .map(promises::disclose)
                        .filter(disclosure -> disclosure.belongsTo(leaf))
                        .ifPresent(disclosure -> promised.put(reader, disclosure));
            }
            return promised.size() == READERS.size() ? Optional.of(new Entry(leaf.id(), promised)) : Optional.empty();
        } catch (LeafException | dev.averment.evidence.json.JsonException e) {
            return Optional.empty();
        }
    }

    /** Without a file for this reader no packet is made for him, and there is nothing whose digest to promise. */
    private static Promises to(Page page, Audience reader, CheckTypes types) {
        return new Promises(
                reader.word(),
                PacketWords.title(page),
                page.id(),
                PageExcerpt.of(page, reader)
                        .map(source -> Hash.sha256(source).hex())
                        .orElse(""),
                page.claims().stream()
                        .filter(claim -> reader.mayRead(claim.audience()))
                        .map(claim -> PacketWords.promise(page, claim, types))
                        .toList());
    }
}
