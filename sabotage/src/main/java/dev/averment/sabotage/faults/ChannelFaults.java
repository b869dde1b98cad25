package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.code.CodeMistake;
import dev.averment.sabotage.code.CodeMistake.What;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.PlantException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What gives the addresses of channels away. */
public final class ChannelFaults {
    private ChannelFaults() {}

    /** For {@code address-encryption}. */
    public static List<Sabotage> encryption() {
        return List.of(
                mistake(
                        "settings-not-encrypted",
                        "The settings of channels are stored as they are.",
                        new CodeMistake(
                                "dev.averment.server.evidence.Disclosures",
                                "seal",
                                "(Lorg/springframework/jdbc/core/simple/JdbcClient;",
                                What.GIVES_LAST)),
                mistake(
                        "address-shown-whole",
                        "What is shown of a channel's address is all of it.",
                        new CodeMistake("dev.averment.server.delivery.Settings", "host", "(", What.GIVES_LAST)),
                new Sabotage.Live(
                        "key-beside-the-addresses",
                        "The key of the addresses is in the database, too.",
                        Verdict.FAILING,
                        instance -> {
                            instance.asSuperuser(
                                    "create table delivery.sabotage_key (held text)",
                                    "insert into delivery.sabotage_key values ('" + key(instance) + "')");
                            return () -> instance.asSuperuser("drop table delivery.sabotage_key");
                        }));
    }

    private static Sabotage mistake(String id, String breaks, CodeMistake mistake) {
        return new Sabotage.AtStart(id, breaks, sound -> sound.mistaken(mistake));
    }

    private static String key(Instance instance) throws PlantException {
        try {
            String key =
                    Files.readString(instance.data("secrets/disclosure-key")).strip();
            if (!key.matches("[0-9a-f]{64}")) {
                throw new PlantException("the key of the addresses has another form");
            }
            return key;
        } catch (IOException e) {
            throw new PlantException("the key of the addresses can't be read: " + e.getMessage(), e);
        }
    }
}
