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
import java.util.Set;

/**
 * Whether the verdicts of a packet follow from its entries: the claims are those that the page promises to this reader, and
 * none says better than the observations of all its checks.
 */
final class VerdictEvidence {

    /** An entry that stands in the log, with what it discloses. */
    record Shown(Leaf leaf, List<Disclosure> disclosures) {}

    private final Page page;
    private final Map<Long, Shown> entries;

    VerdictEvidence(Page page, Map<Long, Shown> entries) {
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
        Map<String, Observed> newest = newest(claim, promise, revision);
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
            Instant until = promise.exemptUntil().orElse(Instant.MIN);
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
