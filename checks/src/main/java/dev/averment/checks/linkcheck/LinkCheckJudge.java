package dev.averment.checks.linkcheck;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Every demanded document is linked and opens, and no link into the site is broken. */
final class LinkCheckJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("The page has no links to look at.");
        }
        long documents = 0;
        Optional<Judgement> open = Optional.empty();
        for (Subject link : facts.subjects()) {
            String document = FactReader.text(link.facts(), "document");
            String named = document.isEmpty() ? link.name() : document + " (" + link.name() + ")";
            switch (FactReader.text(link.facts(), "kind")) {
                case "missing" -> {
                    return Judgement.failing("The page has no link to its " + document + " that a reader can see.");
                }
                case "malformed" -> {
                    return Judgement.failing("The link " + named + " is no valid address.");
                }
                case "forwards-elsewhere" -> {
                    return Judgement.failing("The page sends its readers on to another host (" + link.name() + ").");
                }
                case "same-site" -> {
                    long status = FactReader.number(link.facts(), "status", 0);
                    String content = FactReader.text(link.facts(), "content");
                    if (content.equals("elsewhere")) {
                        return Judgement.failing(
                                "The link " + named + " answers " + status + " and leads on to another host.");
                    }
                    if (status != 200) {
                        return Judgement.failing("The link " + named + " answers " + status + " instead of 200.");
                    }
                    if (!content.equals("ok")) {
                        return Judgement.failing("The link " + named + " answers 200, but "
                                + (content.equals("empty")
                                        ? "with nothing."
                                        : "says that there is nothing, or does not say what is there."));
                    }
                    if (FactReader.text(link.facts(), "fragment").equals("missing")) {
                        return Judgement.failing(
                                "The link " + named + " leads to a place that its page does not have.");
                    }
                    documents += FactReader.is(link.facts(), "required") ? 1 : 0;
                }
                default -> {
                    if (open.isEmpty() && FactReader.is(link.facts(), "required")) {
                        open = Optional.of(
                                Judgement.unproven(
                                        "The " + named
                                                + " lies on another host, which this check does not ask; serve it from the site itself."));
                    }
                }
            }
        }
        if (open.isPresent()) {
            return open.get();
        }
        if (FactReader.number(facts.values(), "beyondLimit", 0) > 0) {
            return Judgement.unproven("The page has " + FactReader.number(facts.values(), "beyondLimit", 0)
                    + " links more than this check opens; bind another path for the rest.");
        }
        return Judgement.proven(facts.subjects().size() + " links open, " + documents + " documents among them; "
                + FactReader.number(facts.values(), "external", 0) + " links to other hosts were not asked.");
    }
}
