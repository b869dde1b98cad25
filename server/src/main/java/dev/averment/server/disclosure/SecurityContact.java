package dev.averment.server.disclosure;

import dev.averment.checks.target.Registers.Entry;
import dev.averment.claims.Page;
import dev.averment.server.registers.RegisterStore;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The operator's contact for security reports, as the register {@code security-txt} of the operator's page has it. The
 * register is the record: what it says is served, expired or not, and only {@link #renew} moves its date.
 */
public final class SecurityContact {
    static final String REGISTER = "security-txt";
    /** RFC 9116 §2.5.5 recommends less than a year; half of one means that somebody looks twice a year. */
    static final int VALID_DAYS = 180;

    private static final String ENTRY = "contact";
    private static final String POLICY = "disclosure";
    /** Keeps a flood of requests from becoming a flood of queries. */
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final RegisterStore registers;
    private final Page page;
    private final List<URI> bases;
    private final SigningKey key;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Served> served = new AtomicReference<>();

    private record Served(String text, byte[] bytes, Instant until) {}

    /** @param bases addresses of this server, the public one first */
    public SecurityContact(RegisterStore registers, Page page, List<URI> bases, SigningKey key, InstantSource clock) {
        this.registers = registers;
        this.page = page;
        this.bases = List.copyOf(bases);
        this.key = key;
        this.clock = clock;
    }

    /**
     * Puts the first entry into the register when it has none.
     *
     * @param contact where reports go; without one, the page's disclosure document says it
     */
    public void seed(@Nullable URI contact) {
        if (entry().isPresent() || (contact == null && !document(POLICY))) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("contact", contact == null ? path(POLICY) : contact.toString());
        if (document(POLICY)) {
            details.put("policy", POLICY);
        }
        details.put("languages", String.join(", ", languages()));
        registers.seed(
                new WorkspaceContext(WellKnown.OPERATOR, "system:setup"),
                page.id(),
                Map.of(
                        REGISTER,
                        List.of(new Entry(
                                ENTRY,
                                "Contact for security reports",
                                "security",
                                today,
                                today.plusDays(VALID_DAYS),
                                "done",
                                details))));
    }

    /** The signed file; empty when the register has no entry. */
    Optional<byte[]> file() throws DisclosureException {
        Instant now = clock.instant();
        Served last = served.get();
        if (last != null && now.isBefore(last.until())) {
            return Optional.of(last.bytes());
        }
        Optional<Entry> entry = entry();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        String text = ContactFile.text(entry.get(), bases, policy(entry.get().details()));
        byte[] bytes = last != null && last.text().equals(text) ? last.bytes() : key.clearSigned(text, now);
        served.set(new Served(text, bytes, now.plus(KEPT)));
        return Optional.of(bytes);
    }

    byte[] publicKey() {
        return key.publicKey();
    }

    /**
     * Says that the contact is still right: the entry is dated today and good for another half year.
     *
     * @return the new last day; empty when the register has no entry
     */
    Optional<LocalDate> renew(String actor) {
        Optional<Entry> entry = entry();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate expires = today.plusDays(VALID_DAYS);
        entry.ifPresent(found -> {
            registers.redate(
                    new WorkspaceContext(WellKnown.OPERATOR, actor), page.id(), REGISTER, found.id(), today, expires);
            served.set(null);
        });
        return entry.map(_ -> expires);
    }

    private Optional<Entry> entry() {
        return registers
                .entries(new WorkspaceContext(WellKnown.OPERATOR, "service:disclosure"), page.id(), REGISTER)
                .stream()
                .findFirst();
    }

    /** The document that the entry names, where it can be read by all. */
    private Optional<URI> policy(Map<String, String> details) {
        String id = details.getOrDefault("policy", POLICY);
        return document(id) ? Optional.of(bases.getFirst().resolve(path(id))) : Optional.empty();
    }

    private String path(String document) {
        return "/pages/" + page.id() + "/documents/" + document;
    }

    private boolean document(String id) {
        return page.documents().stream().anyMatch(d -> d.id().equals(id));
    }

    /** The languages in which the page can be read, the authoritative one first. */
    private Collection<String> languages() {
        var languages = new TreeSet<>(page.title().keySet());
        languages.remove(page.authoritative());
        var ordered = new ArrayList<String>(List.of(page.authoritative()));
        ordered.addAll(languages);
        return ordered;
    }
}
