package dev.averment.evidence.packet;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Disclosure;
import dev.averment.evidence.leaf.Leaf;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what a packet says follows from its entries: the claims are those that the page promises to this reader, in the
 * page's words, and none says better than the observations of all its checks, nor gives another reason.
 */
final class VerdictEvidence {

    /** An entry that stands in the log, with what it discloses. */
    record Shown(Leaf leaf, List<Disclosure> disclosures) {}

    private final Packet packet;
    private final Page page;
    private final Map<Long, Shown> entries;

    VerdictEvidence(Packet packet, Page page, Map<Long, Shown> entries) {
        this.packet = packet;
        this.page = page;
        this.entries = entries;
    }

    void require() throws PacketException {
        Shown inForce = entries.get(page.inForce());
        if (inForce == null) {
            throw new PacketException("the page was put in force by entry " + page.inForce() + ", which is missing");
        }
        long revision = revision(inForce.leaf());
        Promises promises = Promises.among(inForce.disclosures());
        requirePage(promises);
        Map<String, Claim> shown = new HashMap<>();
        page.claims().forEach(claim -> shown.put(claim.id(), claim));
        for (Promises.Promise promise : promises.claims()) {
            Claim claim = shown.remove(promise.claim());
            if (claim == null) {
                throw new PacketException("the packet leaves out claim " + promise.claim()
                        + ", which the page promises to this reader in entry " + page.inForce());
            }
            requireVerdict(claim, promise, revision);
        }
        if (!shown.isEmpty()) {
            throw new PacketException(
                    "claim " + shown.keySet().stream().sorted().findFirst().orElseThrow()
                            + " is none of those that the page promises in entry " + page.inForce());
        }
    }

    private void requirePage(Promises promises) throws PacketException {
        if (!page.title().equals(promises.title()) || !page.organisation().equals(promises.organisation())) {
            throw new PacketException("page.json is titled " + page.title() + " of " + page.organisation()
                    + ", and the page of entry " + page.inForce() + " is " + promises.title() + " of "
                    + promises.organisation());
        }
        if (!page.sourceSha256().equals(promises.sourceSha256())) {
            throw new PacketException("page.yaml is not the page file that entry " + page.inForce() + " put in force");
        }
    }

    private long revision(Leaf leaf) throws PacketException {
        String name = "entry " + page.inForce();
        if (!leaf.action().equals("page.revised")) {
            throw new PacketException(name + " puts no page in force: it is " + leaf.action());
        }
        try {
            JsonObject detail = leaf.json().object("detail");
            if (!detail.string("page").equals(page.id())) {
                throw new PacketException(name + " put page " + detail.string("page") + " in force, not " + page.id());
            }
            return detail.integer("revision");
        } catch (JsonException e) {
            throw new PacketException(name + ": " + e.getMessage());
        }
    }

    private void requireVerdict(Claim claim, Promises.Promise promise, long revision) throws PacketException {
        Optional<JsonObject> detail = ClaimFile.detail(claim, packet.file(PacketLayout.claim(claim.id())));
        Map<String, Observed> newest = newest(claim, promise, revision);
        requireBest(claim, promise, newest);
        Reasons.require(claim, detail, promise, newest);
        if (!ClaimContent.digest(claim, detail).equals(promise.content())) {
            throw new PacketException("claim " + claim.id() + " does not say what the page promises in entry "
                    + page.inForce() + ": its sentence, owner, controls, blind spots, parameters or checks are others");
        }
    }

    private void requireBest(Claim claim, Promises.Promise promise, Map<String, Observed> newest)
            throws PacketException {
        Verdict worst = promise.checks().isEmpty() ? Verdict.UNPROVEN : Verdict.PROVEN;
        String by = "no check speaks for it";
        for (Promises.Check check : promise.checks()) {
            Observed observed = newest.get(check.id());
            Verdict verdict = observed == null ? Verdict.UNPROVEN : observed.verdict();
            if (verdict.compareTo(worst) > 0) {
                worst = verdict;
                by = observed == null
                        ? "no entry of check " + check.id() + " goes along"
                        : "the entry of check " + check.id() + " says " + verdict.word();
            }
            if (observed != null && claim.verdict().needsEvidence()) {
                Instant lapses = observed.observedAt().plus(check.valid());
                if (claim.expires().orElseThrow().isAfter(lapses)) {
                    throw new PacketException("claim " + claim.id() + " says it holds until "
                            + claim.expires().orElseThrow() + ", but the observation of check " + check.id()
                            + " counts until " + lapses);
                }
            }
        }
        if (claim.verdict() == Verdict.EXEMPT) {
            Instant until = promise.exemption().map(Promises.Exemption::until).orElse(Instant.MIN);
            if (claim.expires().orElseThrow().isAfter(until)) {
                throw new PacketException("claim " + claim.id() + " says it is exempt until "
                        + claim.expires().orElseThrow() + ", which the page does not grant in entry " + page.inForce());
            }
        } else if (claim.verdict().compareTo(worst) < 0) {
            throw new PacketException(
                    "claim " + claim.id() + " says " + claim.verdict().word() + ", but " + by);
        }
    }

    /** What was last observed of each check, among the entries that the claim cites. */
    private Map<String, Observed> newest(Claim claim, Promises.Promise promise, long revision) throws PacketException {
        Set<String> asked = new HashSet<>();
        promise.checks().forEach(check -> asked.add(check.id()));
        Map<String, Observed> newest = new HashMap<>();
        for (long seq : claim.evidence()) {
            Shown entry = entries.get(seq);
            if (entry == null) {
                throw new PacketException("claim " + claim.id() + " rests on entry " + seq + ", which is missing");
            }
            Observed observed = Observed.in(entry.leaf());
            if (!observed.page().equals(page.id()) || !observed.claim().equals(claim.id())) {
                throw new PacketException("claim " + claim.id() + " rests on entry " + seq + ", which is about claim "
                        + observed.page() + "/" + observed.claim());
            }
            if (!asked.contains(observed.check())) {
                throw new PacketException("claim " + claim.id() + " rests on entry " + seq + " of check "
                        + observed.check() + ", which does not speak for it");
            }
            if (observed.revision() > revision) {
                throw new PacketException("entry " + seq + " was observed under revision " + observed.revision()
                        + " of the page; the packet shows an older one, " + revision);
            }
            newest.merge(observed.check(), observed, (a, b) -> b.recordedAt().isAfter(a.recordedAt()) ? b : a);
        }
        return newest;
    }
}
