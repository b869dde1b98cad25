package dev.averment.checks.sessionrevocation;

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

/** After each way of revoking, nothing of an older session was accepted. */
final class SessionRevocationJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        Optional<String> refused = new SettingReader(expect).text("refused");
        if (refused.isPresent() && !refused.get().equals("next-request")) {
            return Judgement.unproven(SettingReader.refused("refused", refused.get(), "next-request")
                    .getMessage());
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No session was revoked.");
        }
        for (Subject cause : facts.subjects()) {
            for (String way : List.of("accessToken", "refreshToken", "cookies")) {
                if (!(cause.facts().get(way) instanceof Boolean accepted)) {
                    return Judgement.unproven(
                            "What became of an older session after " + cause.name() + " is not among the facts.");
                }
                if (accepted) {
                    return Judgement.failing("After " + cause.name() + ", the " + written(way)
                            + " of an older session was still accepted at the next request.");
                }
            }
            if (!FactReader.is(cause.facts(), "acceptedBefore")) {
                return Judgement.unproven(
                        "The session was refused before " + cause.name() + ", so its refusal afterwards says nothing.");
            }
        }
        for (String cause : FactReader.texts(facts.values(), "causes")) {
            if (facts.subjects().stream().noneMatch(s -> s.name().equals(cause))) {
                return Judgement.unproven("Nobody tried " + cause + ".");
            }
        }
        long servers = FactReader.number(facts.values(), "servers", 0);
        if (servers < 1) {
            return Judgement.unproven("On how many servers the older sessions were tried is not among the facts.");
        }
        return Judgement.proven("After "
                + String.join(", ", facts.subjects().stream().map(Subject::name).toList())
                + ", access token, refresh token and cookies of every older session were refused at the next request, on "
                + (servers == 1 ? "the one server that there is." : "each of " + servers + " servers."));
    }

    private static String written(String way) {
        return switch (way) {
            case "accessToken" -> "access token";
            case "refreshToken" -> "refresh token";
            default -> "cookie";
        };
    }
}
