package dev.averment.checks.tries;

import dev.averment.checks.CollectException;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch.Answer;
import java.util.List;
import java.util.Map;

/** Something is tried again and again, on all servers in turn, until it is refused. */
public final class Tries {
    private Tries() {}

    /** One try at a server. */
    @FunctionalInterface
    public interface Try {
        /** @throws CollectException when the answer says neither that it was taken nor that it came too often */
        Answer at(Web server) throws CollectException;
    }

    /** The setting of how often. */
    public static Setting setting(int usual, int most) {
        return new Setting(
                "tries",
                Kind.INTEGER,
                false,
                "How often each is tried at most; " + usual + " by default, at most " + most + ".");
    }

    /** How often, as the page says it. */
    public static int read(SettingReader with, int usual, int most) throws CollectException {
        int tries = with.integer("tries", usual);
        if (tries < 1 || tries > most) {
            throw SettingReader.refused("tries", tries, "a whole number from 1 to " + most);
        }
        return tries;
    }

    /** What is expected of a limit; {@code one} is what goes beyond it. */
    public static List<Setting> expected(String one) {
        return List.of(
                new Setting("beyond", Kind.TEXT, false, "refused: " + one + " beyond the limit must get status 429."),
                new Setting("retryAfter", Kind.TEXT, false, "present when the refusal must say when to try again."),
                new Setting(
                        "replicas",
                        Kind.TEXT,
                        false,
                        "shared: tries go to all servers of the service in turn and must be counted together."));
    }

    /** Facts: {@code tried}, {@code refused}, and of a refusal {@code retryAfterSeconds}, -1 for none. */
    public static Subject untilRefused(String name, List<Web> servers, int most, Try one) throws CollectException {
        for (int tried = 1; tried <= most; tried++) {
            Answer answer = one.at(servers.get(tried % servers.size()));
            if (answer.status() == 429) {
                return new Subject(
                        name,
                        Map.of(
                                "tried",
                                (long) tried,
                                "refused",
                                true,
                                "retryAfterSeconds",
                                seconds(answer.header("retry-after"))));
            }
        }
        return new Subject(name, Map.of("tried", (long) most, "refused", false));
    }

    /** In seconds (RFC 9110 §10.2.3); -1 when the header is missing or says something else. */
    private static long seconds(String header) {
        return header.matches("\\d{1,9}") ? Long.parseLong(header) : -1;
    }
}
