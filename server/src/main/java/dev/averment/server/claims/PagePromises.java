package dev.averment.server.claims;

import dev.averment.claims.Audience;
import dev.averment.claims.Page;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.leaf.LeafException;
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
    static Map<Audience, Disclosure> make(Page page) {
        var promised = new EnumMap<Audience, Disclosure>(Audience.class);
        READERS.forEach(reader -> promised.put(reader, to(page, reader).disclose(RANDOM)));
        return promised;
    }

    /** The commitments that {@code leaf} made, when they are to what {@code page} promises and their salts were kept. */
    static Optional<Entry> kept(JdbcClient jdbc, UUID workspace, Page page, int revision, byte[] bytes) {
        try {
            Leaf leaf = Leaf.parse(bytes);
            var detail = leaf.json().object("detail");
            if (!detail.string("page").equals(page.id()) || detail.integer("revision") != revision) {
                return Optional.empty();
            }
            var promised = new EnumMap<Audience, Disclosure>(Audience.class);
            for (Audience reader : READERS) {
                Promises promises = to(page, reader);
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

    private static Promises to(Page page, Audience reader) {
        return new Promises(
                reader.word(),
                page.claims().stream()
                        .filter(claim -> reader.mayRead(claim.audience()))
                        .map(claim -> new Promises.Promise(
                                claim.id(),
                                claim.checks().stream()
                                        .map(check -> new Promises.Check(check.id(), check.valid()))
                                        .toList(),
                                Optional.ofNullable(claim.exemption()).map(exemption -> exemption.until())))
                        .toList());
    }
}
