package dev.averment.checks.streamcap;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One stream too many was refused with a reason, and a closed one made room for exactly one. */
final class StreamCapJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            new SettingReader(expect).only(Map.of("beyond", "refused", "released", "on-close"));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No stream was opened.");
        }
        long streams = FactReader.number(facts.values(), "streams", -1);
        for (String name : List.of(
                StreamCapCollector.BEYOND,
                StreamCapCollector.ELSEWHERE,
                StreamCapCollector.RELEASED,
                StreamCapCollector.AGAIN)) {
            Optional<Subject> subject =
                    facts.subjects().stream().filter(s -> s.name().equals(name)).findFirst();
            if (subject.isEmpty() || !(subject.get().facts().get("opened") instanceof Boolean opened)) {
                return Judgement.unproven("Nobody tried this: " + name + ".");
            }
            Map<String, Object> said = subject.get().facts();
            if (name.equals(StreamCapCollector.RELEASED)) {
                if (!opened) {
                    return Judgement.failing("A stream was closed, and its place was not free again within "
                            + Math.max(1, FactReader.number(said, "millis", 0) / 1_000) + " s.");
                }
                continue;
            }
            if (opened) {
                return Judgement.failing(
                        "It was let in, and should be refused: " + name + " (" + streams + " were open before).");
            }
            if (FactReader.number(said, "status", 0) != 429 || !FactReader.is(said, "reason")) {
                return Judgement.failing("The refusal of " + name + " does not say why (status "
                        + FactReader.number(said, "status", 0) + ").");
            }
        }
        long servers = FactReader.number(facts.values(), "servers", 0);
        if (streams < 1 || servers < 1) {
            return Judgement.unproven("How many streams were open, and on how many servers, is not among the facts.");
        }
        return Judgement.proven("With " + streams + (streams == 1 ? " stream" : " streams")
                + " open a further one was refused with the reason, in another workspace too; a closed one made room for one, on "
                + (servers == 1 ? "the one server that there is." : servers + " servers together."));
    }
}
